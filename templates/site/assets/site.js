/* Lets the reader choose the colours. */
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
