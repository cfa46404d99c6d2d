/* The page of one record: today's place among its dates, days to a meetup, kept ticks, a warning when facts are old. */
(function () {
  "use strict";
  var words = window.proekt.record, tools = window.proekt.tools, make = tools.make;
  var STALE_DAYS = 180, DAY = 86400000;

  /* A mark «сегодня» stands between what has passed and what is to come. */
  function placeToday(line, now) {
    var old = line.querySelector(".now");
    if (old) { old.remove(); }
    var stones = Array.prototype.slice.call(line.children);
    stones.forEach(function (stone) {
      stone.classList.toggle("past", stone.hasAttribute("data-at") && new Date(stone.getAttribute("data-at")) < now);
    });
    var dated = stones.filter(function (stone) { return stone.hasAttribute("data-at"); });
    if (!dated.length) { return; }
    var next = dated.filter(function (stone) { return !stone.classList.contains("past"); })[0];
    var mark = make("li", "now");
    mark.appendChild(make("b", "", words.today));
    mark.appendChild(document.createTextNode(new Intl.DateTimeFormat("ru", { day: "numeric", month: "long", timeZone: window.proekt.zone }).format(now)));
    line.insertBefore(mark, next || null);
  }
  function places() {
    document.querySelectorAll("[data-timeline]").forEach(function (line) { placeToday(line, new Date()); });
  }

  function warnIfStale(note) {
    var checked = new Date(note.getAttribute("data-checked"));
    if ((Date.now() - checked) / DAY > STALE_DAYS) {
      note.textContent = words.stale.replace("{day}", note.getAttribute("data-day"));
      note.className = "stale";
    }
  }

  /* The verdicts stand on the page as a table; the row that holds is marked. Who has not begun has no result. */
  function verdictOn(ticked) {
    var text = "", rows = Array.prototype.slice.call(document.querySelectorAll("[data-verdicts] [data-least]"));
    var holds = rows.filter(function (row) { return ticked && +row.getAttribute("data-least") <= ticked; }).pop();
    rows.forEach(function (row) {
      if (row === holds) {
        row.setAttribute("aria-current", "true");
        text = row.lastElementChild.textContent;
      } else { row.removeAttribute("aria-current"); }
    });
    return text;
  }

  /* Days go by the clock of the place where people meet. */
  function countDown(line) {
    var say = words.until, iso = line.getAttribute("data-meetup"), whole = line.hasAttribute("data-whole-day");
    var now = tools.wall(Date.now(), line.getAttribute("data-zone")), ends = line.getAttribute("data-ends");
    var days = Date.parse(iso.slice(0, 10) + "T00:00:00Z") / tools.DAY - now.day, clock = iso.slice(11, 16);
    var at = whole ? "" : say.at.replace("{at}", clock), text = say.over;
    if (days > 1) { text = say.left.replace("{n}", days + "\u00a0" + tools.plural(days, say.day)); }
    else if (days === 1) { text = say.tomorrow + at; }
    else if (days === 0 && (whole || now.clock < clock)) { text = say.today + at; }
    else if (days === 0 && (!ends || now.clock < ends)) { text = say.now; }
    line.hidden = false;
    tools.say(line, text);
  }
  function countDowns() { document.querySelectorAll("[data-meetup]").forEach(countDown); }

  /* Ticks go by the words of a line, so that a new line above does not move them. */
  function keepTicks(list) {
    var key = "ticks:" + location.pathname;
    var boxes = Array.prototype.slice.call(list.querySelectorAll("input[type=checkbox]"));
    function name(box) { return (box.closest("label") || box.parentNode).textContent.trim(); }
    function read() { try { return JSON.parse(localStorage.getItem(key)) || []; } catch (blocked) { return []; } }
    function save() {
      var ticked = boxes.filter(function (box) { return box.checked; }).map(name);
      try {
        if (ticked.length) { localStorage.setItem(key, JSON.stringify(ticked)); } else { localStorage.removeItem(key); }
      } catch (blocked) { return; }
      show();
    }
    var clear = make("button", "plain", words.clear), count = make("span", ""), verdict = make("b", "");
    var note = make("p", "note ticks"), said = make("span", "");
    function show() {
      var ticked = boxes.filter(function (box) { return box.checked; }).length;
      count.textContent = words.ticked.replace("{n}", ticked).replace("{of}", boxes.length);
      verdict.textContent = verdictOn(ticked);
      clear.hidden = !ticked;
    }
    var kept = read();
    boxes.forEach(function (box) { box.checked = kept.indexOf(name(box)) >= 0; });
    list.addEventListener("change", save);
    clear.type = "button";
    clear.addEventListener("click", function () {
      boxes.forEach(function (box) { box.checked = false; });
      save();
    });
    said.setAttribute("aria-live", "polite");
    said.append(count, " ", verdict);
    note.append(said, " ", words.private, " ", clear);
    list.appendChild(note);
    show();
  }

  places();
  countDowns();
  setInterval(countDowns, 60000);
  document.addEventListener("visibilitychange", countDowns);
  document.addEventListener("visibilitychange", places);
  document.querySelectorAll("[data-checked]").forEach(warnIfStale);
  document.querySelectorAll("[data-ticks]").forEach(keepTicks);
  document.querySelectorAll("[data-print]").forEach(function (button) {
    button.hidden = false;
    button.addEventListener("click", function () { window.print(); });
  });

  /* /subscribe/: a calendar chosen from those that exist. */
  var chooser = document.querySelector("[data-choose-calendar]");
  if (chooser) {
    chooser.hidden = false;
    var result = document.querySelector("[data-chosen-calendar]");
    var pick = function () {
      var path = chooser.querySelector("select").value;
      var address = chooser.getAttribute("data-site") + path;
      result.querySelector(".address").textContent = address;
      result.querySelector("[data-add]").href = "webcal://" + address.replace(/^https?:\/\//, "");
      result.querySelector("[data-download]").href = document.querySelector("a.brand").href.replace(/(index\.html)?$/, "") + path.slice(1);
    };
    /* A link from the list of calls names what was chosen there. */
    var asked = new URLSearchParams(location.search);
    var wanted = asked.get("who") ? "/calendars/applicants/" + asked.get("who") + ".ics" : asked.get("topic") ? "/calendars/topics/" + asked.get("topic") + ".ics" : "";
    Array.prototype.forEach.call(chooser.querySelectorAll("option"), function (option) { if (option.value === wanted) { option.selected = true; } });
    chooser.addEventListener("change", pick);
    pick();
  }
})();
