(function () {
  "use strict";
  var script = document.currentScript;
  var version = script.getAttribute("data-version");
  var newer = script.src.replace(/\.js$/, "?version=");

  function ask() {
    fetch(newer + version).then(function (answer) { return answer.text(); }).then(function (found) {
      if (found === version) { ask(); } else { location.reload(); }
    }).catch(function () { setTimeout(ask, 1000); });
  }

  window.addEventListener("load", ask);
}());
