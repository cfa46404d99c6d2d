/* «Скачать отобранное»: a file, made in the browser, of those rows of the site's own table whose entries are shown. */
document.addEventListener("DOMContentLoaded", function () {
  "use strict";
  var words = window.proekt.download, tools = window.proekt.tools;
  var link = document.querySelector("[data-download]"), local = location.protocol === "file:";
  var list = null;

  function isChosen() { return !local && list.number < list.of; }
  document.addEventListener("proekt:list", function (event) {
    list = event.detail;
    link.hidden = !list.number && !local;
    tools.say(link, isChosen() ? words.chosen : words.all);
  });

  /* RFC 4180: a quoted field may hold line ends; rows are kept as they are written. */
  function rowsOf(text) {
    var rows = [], quoted = false, start = 0;
    for (var at = 0; at < text.length; at += 1) {
      if (text[at] === '"') { quoted = !quoted; }
      else if (text[at] === "\n" && !quoted) {
        rows.push(text.slice(start, at + 1));
        start = at + 1;
      }
    }
    return start < text.length ? rows.concat(text.slice(start)) : rows;
  }
  function idOf(row) { return /^(?:"([^"]*)"|([^;"\r\n]*))/.exec(row).slice(1).join(""); }
  function chosenOf(text, ids) {
    return rowsOf(text).filter(function (row, index) { return !index || ids.has(idOf(row)); }).join("");
  }
  function save(text) {
    var made = document.createElement("a"), today = tools.wall(Date.now(), window.proekt.zone).day;
    /* Without the mark of UTF-8 Excel takes the letters for others. */
    made.href = URL.createObjectURL(new Blob(["\ufeff", text], { type: "text/csv;charset=utf-8" }));
    made.download = link.getAttribute("data-download") + "-" + new Date(today * tools.DAY).toISOString().slice(0, 10) + ".csv";
    made.click();
    setTimeout(function () { URL.revokeObjectURL(made.href); }, 60000);
  }
  link.addEventListener("click", function (event) {
    if (!isChosen()) { return; }
    event.preventDefault();
    var ids = new Set(list.ids());
    fetch(link.href).then(function (answer) {
      if (!answer.ok) { throw new Error(answer.status); }
      return answer.text();
    }).then(function (text) { save(chosenOf(text, ids)); }).catch(function () { location.assign(link.href); });
  });
});
