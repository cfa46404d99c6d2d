/* Lets the reader choose the colours, and leads to the search at a press of «/». */
(function () {
  "use strict";
  var choice = document.querySelector(".theme");
  function press() {
    var chosen = "";
    try { chosen = localStorage.getItem("scheme") || ""; } catch (blocked) { chosen = ""; }
    choice.querySelectorAll("button").forEach(function (button) {
      button.setAttribute("aria-pressed", String(button.getAttribute("data-to") === chosen));
    });
  }
  if (choice) {
    choice.hidden = false;
    press();
    choice.addEventListener("click", function (event) {
      var to = event.target.getAttribute("data-to");
      if (to === null) { return; }
      try { if (to) { localStorage.setItem("scheme", to); } else { localStorage.removeItem("scheme"); } } catch (blocked) { return; }
      press();
      window.proektPaint();
    });
  }
})();
document.addEventListener("keydown", function (event) {
  "use strict";
  var typing = event.target.closest("input, select, textarea, [contenteditable]");
  if (event.key !== "/" || event.ctrlKey || event.altKey || event.metaKey || typing) { return; }
  var field = document.querySelector("form[data-search] input"), way = document.querySelector(".find");
  if (!field && !way) { return; }
  event.preventDefault();
  if (field) { field.focus(); } else { way.click(); }
});
