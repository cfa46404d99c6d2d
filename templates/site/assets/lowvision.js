/* The low-vision version: its button in the strip, its bar of choices, pictures told in words. */
(function () {
  "use strict";
  var words = window.proekt.sight, sight = window.proektSight;
  var link = document.querySelector("[data-action=low-vision]"), bar = document.querySelector(".lv");
  if (!link || !bar) { return; }
  var told = bar.querySelector("[role=status]"), button = document.createElement("button"), look;

  /* Whoever reads white on black begins so here too. */
  function first() {
    var dark = document.body.getAttribute("data-md-color-scheme") === "slate";
    return { on: false, scheme: dark ? "wb" : "bw", size: "2", space: "normal", images: "on", font: "sans" };
  }
  function keep() {
    try { localStorage.setItem("lowvision", JSON.stringify(look)); } catch (blocked) { return; }
  }

  function tellPictures() {
    document.querySelectorAll("img[alt]:not([alt=''], [data-told])").forEach(function (picture) {
      var instead = document.createElement("span");
      instead.className = "instead";
      instead.textContent = words.picture.replace("{alt}", picture.alt);
      picture.setAttribute("data-told", "");
      picture.after(instead);
    });
  }
  /* Words that a no-break space joins into one longer than the line would be cut in the middle. */
  function partWords() {
    var texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
      var text = texts.currentNode;
      if (text.data.indexOf("\u00a0") >= 0) { text.data = text.data.replace(/\u00a0/g, " "); }
    }
  }
  /* One column has no place for filters that stand open before the list. */
  function foldFilters() {
    document.querySelectorAll("details.filters").forEach(function (filters) {
      filters.open = !look.on && matchMedia("(min-width: 60em)").matches;
    });
  }
  function show() {
    sight.show(look);
    button.setAttribute("aria-pressed", String(look.on));
    bar.querySelectorAll("[data-look]").forEach(function (choice) {
      choice.setAttribute("aria-pressed", String(look[choice.getAttribute("data-look")] === choice.value));
    });
    if (look.on) { partWords(); }
    if (look.on && look.images === "off") { tellPictures(); }
  }
  function turn(on) {
    look.on = on;
    keep();
    show();
    foldFilters();
    told.textContent = on ? words.on : "";
  }

  button.type = "button";
  button.className = link.className;
  button.setAttribute("data-action", "low-vision");
  button.append.apply(button, link.childNodes);
  link.replaceWith(button);
  button.addEventListener("click", function () { turn(!look.on); });
  bar.addEventListener("click", function (event) {
    var choice = event.target.closest("button");
    if (!choice) { return; }
    if (choice.hasAttribute("data-leave")) {
      turn(false);
      button.focus();
      return;
    }
    look[choice.getAttribute("data-look")] = choice.value;
    keep();
    show();
  });

  function begin() {
    look = Object.assign(first(), sight.read());
    show();
  }
  /* A page that the browser kept for «Назад» has not heard of what was chosen since. */
  window.addEventListener("pageshow", function (event) { if (event.persisted) { begin(); } });
  begin();
  /* The lists have laid themselves out by then. */
  document.addEventListener("DOMContentLoaded", function () {
    if (look.on) {
      show();
      foldFilters();
    }
  });
})();
