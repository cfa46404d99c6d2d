/* Runs before anything is drawn: the page knows that scripts work, and which colours were chosen. */
(function () {
  var root = document.documentElement;
  root.className = "js";
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
})();
