/* Says whether the centre is open at the moment of looking, by its own clock; without this the week's hours stand there. */
(function () {
  "use strict";
  var strip = document.querySelector("[data-hours]");
  var words = window.proekt.hours, tools = window.proekt.tools, given = JSON.parse(strip.getAttribute("data-hours"));
  var YEAR = 366, NEAR_DAYS = 6, LONG_NOTE = 30;
  var special = {};

  /* «10:00-13:00 14:00-19:00»; two spans that touch are one. */
  function spansOf(text) {
    return text.replace(/-(\S+) \1-/g, "-").split(" ").filter(Boolean).map(function (span) { return span.split("-"); });
  }
  Object.keys(given.days).forEach(function (key) {
    var cut = key.indexOf("|"), day = { spans: spansOf(key.slice(0, cut)), note: key.slice(cut + 1) };
    given.days[key].split(" ").forEach(function (date) { special[Date.parse(date) / tools.DAY] = day; });
  });
  var week = given.week.map(spansOf);
  /* Day 0, 1 January 1970, was a Thursday. */
  function dayAt(day) { return special[day] || { spans: week[(day + 3) % 7], note: "" }; }

  function whenWords(day, ahead) {
    if (ahead === 1) { return words.tomorrow; }
    var date = new Date(day * tools.DAY);
    return ahead <= NEAR_DAYS ? window.proekt.left.weekday[date.getUTCDay()] : date.getUTCDate() + "\u00a0" + window.proekt.months[date.getUTCMonth()];
  }
  function filled(form, values) {
    return form.replace(/{(\w+)}/g, function (_, name) { return values[name]; });
  }
  /* What is said where there is room, and on a phone. */
  function closed(today, from) {
    var noted = today.note && !today.spans.length && today.note.length <= LONG_NOTE;
    var why = noted ? today.note.charAt(0).toUpperCase() + today.note.slice(1) : words.closed;
    for (var ahead = 1; ahead <= YEAR; ahead += 1) {
      var next = dayAt(from + ahead).spans[0];
      if (next) {
        var values = { why: why, when: whenWords(from + ahead, ahead), at: next[0] };
        return [filled(words.opens[0], values), filled(words.opens[1], values)];
      }
    }
    return [why, why];
  }
  function phrases(now) {
    var here = tools.wall(now, given.zone), today = dayAt(here.day), spans = today.spans;
    var at = spans.findIndex(function (span) { return here.clock < span[1]; });
    if (at < 0) { return closed(today, here.day); }
    var values = { at: spans[at][0], to: spans[at][1], last: spans[spans.length - 1][1], next: spans[at + 1] && spans[at + 1][0] };
    var forms = here.clock < values.at ? (at ? words.pause : words.soon) : values.next ? words.openTwice : words.open;
    return forms.map(function (form) { return filled(form, values); });
  }

  var wide = tools.make("span", "hours__wide"), narrow = tools.make("span", "hours__narrow");
  strip.replaceChildren(wide, narrow);
  function show() {
    var said = phrases(Date.now());
    tools.say(wide, said[0]);
    tools.say(narrow, said[1]);
    document.querySelectorAll("[data-hours-today]").forEach(function (place) {
      tools.say(place, said[0]);
      place.hidden = false;
    });
  }
  show();
  setInterval(show, 30000);
  document.addEventListener("visibilitychange", show);
})();
