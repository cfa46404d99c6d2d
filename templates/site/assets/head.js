/* Runs before anything is drawn: the page knows that scripts work, which colours were chosen, and how large to be. */
(function () {
  var root = document.documentElement;
  /* A page that was asked for something keeps room for the answer. */
  root.className = /[?&]q=[^&]/.test(location.search) ? "js asked" : "js";
  function scheme() {
    var chosen = null;
    try { chosen = localStorage.getItem("scheme"); } catch (blocked) { chosen = null; }
    var dark = window.matchMedia && matchMedia("(prefers-color-scheme: dark)").matches;
    return chosen || (dark ? "slate" : "default");
  }
  function paint() {
    if (document.body) { document.body.setAttribute("data-md-color-scheme", scheme()); }
    return Boolean(document.body);
  }
  window.proektPaint = paint;
  if (!paint()) {
    new MutationObserver(function (_, watcher) { if (paint()) { watcher.disconnect(); } }).observe(root, { childList: true });
  }

  /* The low-vision version: what was chosen stands on html, where lowvision.css reads it. */
  var sight = {
    read: function () {
      try { return JSON.parse(localStorage.getItem("lowvision")); } catch (unreadable) { return null; }
    },
    show: function (look) {
      ["scheme", "size", "space", "images", "font"].forEach(function (name) {
        var attribute = name === "scheme" ? "data-lv" : "data-lv-" + name;
        if (look && look.on && look[name]) { root.setAttribute(attribute, look[name]); } else { root.removeAttribute(attribute); }
      });
    }
  };
  window.proektSight = sight;
  sight.show(sight.read());

  if (location.protocol === "file:") {
    document.write('<script defer src="' + document.currentScript.src.replace("head.js", "disk.js") + '"><\/script>');
  }
})();
