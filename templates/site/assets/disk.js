/* Only for a site opened from a disk: there a link to a folder would show its list of files, so it gets its page. */
(function () {
  "use strict";
  function page(element, name) {
    var address = new URL(element.getAttribute(name), location.href);
    if (address.protocol !== "file:" || address.pathname.slice(-1) !== "/") { return; }
    address.pathname += "index.html";
    element.setAttribute(name, address.href);
  }
  document.querySelectorAll("a[href]").forEach(function (link) { page(link, "href"); });
  document.querySelectorAll("form[action]").forEach(function (form) { page(form, "action"); });
  /* A search reads files that a browser gives from no disk. */
  document.querySelectorAll(".find").forEach(function (way) { way.remove(); });
  /* Scripts make links too, later. */
  ["click", "auxclick", "contextmenu"].forEach(function (name) {
    document.addEventListener(name, function (event) {
      var link = event.target.closest("a[href]");
      if (link) { page(link, "href"); }
    }, true);
  });
})();
