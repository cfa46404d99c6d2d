/* Puts the status of every call right at the moment of looking: its word, the days left, the reader's own clock. */
(function () {
  "use strict";
  var words = window.proekt;
  var ORDER = ["closing", "open", "rolling", "upcoming", "forecast", "closed"];
  var DAY = 86400000, CLOSING_DAYS = 7, NIGHT_ENDS = "06:00", NEAR_DAYS = 14;
  var MOSCOW = "Europe/Moscow", NBSP = "\u00a0";
  var clocks = {};

  /* What a wall clock shows: the day, counted in days, and the hour. A formatter is dear, so there is one a zone. */
  function wall(instant, zone) {
    clocks[zone] = clocks[zone] || new Intl.DateTimeFormat("en-CA", {
      timeZone: zone, year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit", hourCycle: "h23"
    });
    var found = {};
    clocks[zone].formatToParts(instant).forEach(function (part) { found[part.type] = part.value; });
    return { day: Date.UTC(+found.year, +found.month - 1, +found.day) / DAY, clock: found.hour + ":" + found.minute };
  }
  /* The organiser's day is written in the moment itself: 2026-10-15T23:30:00+03:00. */
  function dayOf(iso) { return Date.parse(iso.slice(0, 10) + "T00:00:00Z") / DAY; }
  function plural(number, forms) {
    var tens = number % 100, ones = number % 10;
    if (tens > 10 && tens < 20) { return forms[2]; }
    return ones === 1 ? forms[0] : ones > 1 && ones < 5 ? forms[1] : forms[2];
  }
  function dayWords(day, today) {
    var date = new Date(day * DAY), now = new Date(today * DAY);
    var text = date.getUTCDate() + NBSP + words.months[date.getUTCMonth()];
    return date.getUTCFullYear() === now.getUTCFullYear() ? text : text + " " + date.getUTCFullYear() + NBSP + words.year;
  }
  function make(tag, className, text) {
    var element = document.createElement(tag);
    if (className) { element.className = className; }
    if (text) { element.textContent = text; }
    return element;
  }
  /* Live regions speak at every change, so that nothing is written twice. */
  function say(element, text) { if (element.textContent !== text) { element.textContent = text; } }
  function plain(text) { return text.toLowerCase().replace(/ё/g, "е").replace(/[«»„“"]/g, ""); }
  function grouped(number) { return String(number).replace(/\B(?=(\d{3})+$)/g, NBSP); }
  function mark(name) {
    var svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    svg.setAttribute("class", "i");
    svg.setAttribute("aria-hidden", "true");
    var use = document.createElementNS("http://www.w3.org/2000/svg", "use");
    use.setAttribute("href", "#m-" + name);
    svg.appendChild(use);
    return svg;
  }

  function Round(element) {
    var deadline = element.getAttribute("data-deadline"), opens = element.getAttribute("data-opens");
    var forecast = element.getAttribute("data-forecast");
    this.element = element;
    this.built = element.getAttribute("data-status");
    this.zone = element.getAttribute("data-zone") || MOSCOW;
    this.whole = element.getAttribute("data-whole-day");
    this.deadline = deadline ? Date.parse(deadline) : null;
    this.lastDay = deadline ? dayOf(deadline) : null;
    this.opens = opens ? Date.parse(opens) : null;
    this.openingDay = opens ? dayOf(opens) : null;
    this.opensAtHour = opens && opens.slice(11, 16) !== "00:00";
    this.forecastDay = forecast ? dayOf(forecast) : null;
    this.shown = null;
  }
  Round.prototype.status = function (now, today) {
    if (this.built === "cancelled") { return "cancelled"; }
    if (this.deadline === null) {
      var rolling = this.built === "rolling" || (this.built === "upcoming" && this.opens !== null);
      return !rolling ? this.built : this.opens !== null && now < this.opens ? "upcoming" : "rolling";
    }
    if (now > this.deadline) { return "closed"; }
    if (this.opens !== null && now < this.opens) { return "upcoming"; }
    return this.lastDay - today <= CLOSING_DAYS ? "closing" : "open";
  };
  /* Counts to the organiser's day; on the last one, ours or the organiser's, says the hour by our clock. */
  Round.prototype.leftWords = function (now, today) {
    var say = words.left, days = this.lastDay - today, here = wall(now, words.zone), there = wall(this.deadline, words.zone);
    if (days > 0 && there.day > here.day) {
      return (plural(days, [1, 2, 5]) === 1 ? say.one : say.other) + NBSP + days + NBSP + plural(days, say.day);
    }
    if (this.whole !== null) {
      return (here.day > this.lastDay ? say.wholeNight : here.day < this.lastDay ? say.wholeTomorrow : say.wholeDay) + this.whole;
    }
    if (there.clock < NIGHT_ENDS) { return say.tonight + there.clock; }
    return (there.day > here.day ? say.tomorrow : say.today) + there.clock;
  };
  Round.prototype.opensWords = function (today) {
    var near = this.openingDay - today;
    if (near <= 0) { return words.left.opensToday + (this.opensAtHour ? words.left.at + wall(this.opens, words.zone).clock : ""); }
    var weekday = new Date(this.openingDay * DAY).getUTCDay();
    return (near <= NEAR_DAYS ? words.left.weekday[weekday] + ", " : "") + dayWords(this.openingDay, today);
  };
  Round.prototype.words = function (state, now, today) {
    if (state === "closing" || state === "open") { return this.leftWords(now, today); }
    if (state === "upcoming") { return this.opensWords(today); }
    return state === "forecast" && this.forecastDay !== null && this.forecastDay < today ? words.left.unconfirmed : "";
  };
  Round.prototype.show = function (now, today) {
    var state = this.status(now, today), text = this.words(state, now, today), shown = state + "|" + text;
    this.state = state;
    this.days = this.lastDay === null ? null : this.lastDay - today;
    if (this.shown === shown) { return false; }
    var before = this.shown === null ? this.built : this.element.getAttribute("data-status");
    this.shown = shown;
    this.element.setAttribute("data-status", state);
    var badge = this.element.querySelector("[data-badge]"), left = this.element.querySelector("[data-left]");
    if (badge && (state !== before || badge.hidden)) {
      badge.replaceChildren(mark(state), words.status[state]);
      badge.hidden = false;
    }
    if (left && left.textContent !== text) { left.textContent = text; }
    if (left) { left.hidden = !text; }
    this.caption(state, before);
    return true;
  };
  /* «Подать до» becomes «было до» when the moment passes while the page is open. */
  Round.prototype.caption = function (state, before) {
    var over = state === "closed" || state === "cancelled", was = before === "closed" || before === "cancelled";
    var slip = over !== was && this.deadline !== null && this.element.querySelector(".slip"), cap = slip && slip.querySelector(".cap");
    if (cap) { cap.textContent = words.slip[slip.classList.contains("slip--l") ? "large" : "small"][over ? 1 : 0]; }
  };
  /* A reader whose clock is neither Moscow's, nor ours, nor the organiser's sees hers too. */
  Round.prototype.addReader = function (zone, today) {
    var rows = this.deadline !== null && this.state !== "closed" && this.element.querySelector(".times");
    if (!rows) { return; }
    var mine = wall(this.deadline, zone);
    var known = [MOSCOW, words.zone, this.zone].some(function (other) {
      var theirs = wall(this.deadline, other);
      return theirs.day === mine.day && theirs.clock === mine.clock;
    }, this);
    if (known) { return; }
    var row = document.createElement("div"), name = document.createElement("dt"), day = document.createElement("dd");
    var hour = document.createElement("dd"), bold = document.createElement("b");
    name.textContent = words.yours;
    day.textContent = words.weekdays[new Date(mine.day * DAY).getUTCDay()] + ", " + dayWords(mine.day, today);
    if (mine.day !== this.lastDay) { day.className = "shift"; }
    bold.textContent = mine.clock;
    hour.appendChild(bold);
    row.append(name, day, hour);
    rows.appendChild(row);
  };

  function callsIn(part) {
    return Array.prototype.map.call(part.querySelectorAll("[data-call]"), function (element) {
      var rounds = Array.prototype.map.call(element.querySelectorAll("[data-round]"), function (each) { return new Round(each); });
      return { element: element, rounds: rounds, status: element.getAttribute("data-status") };
    });
  }
  var calls = callsIn(document);
  /* Calls that came to the page later: those found by a search. */
  function watch(part) {
    callsIn(part).forEach(function (call) {
      if (!calls.some(function (known) { return known.element === call.element; })) { calls.push(call); }
    });
    refresh();
  }

  function refresh() {
    var now = Date.now(), days = {}, changed = false;
    calls.forEach(function (call) {
      var states = call.rounds.map(function (round) {
        if (days[round.zone] === undefined) { days[round.zone] = wall(now, round.zone).day; }
        changed = round.show(now, days[round.zone]) || changed;
        return round.state;
      });
      if (!states.length) { return; }
      var status = ORDER.filter(function (state) { return states.indexOf(state) >= 0; })[0] || "cancelled";
      if (status !== call.element.getAttribute("data-status")) { call.element.setAttribute("data-status", status); }
      call.status = status;
    });
    if (changed) { document.dispatchEvent(new CustomEvent("proekt:calls")); }
  }
  function addReaders() {
    var zone = new Intl.DateTimeFormat().resolvedOptions().timeZone;
    if (!zone || zone === MOSCOW || zone === words.zone) { return; }
    var today = wall(Date.now(), zone).day;
    calls.forEach(function (call) { call.rounds.forEach(function (round) { round.addReader(zone, today); }); });
  }

  words.tools = {
    calls: calls, watch: watch, wall: wall, plural: plural, dayWords: dayWords, make: make, say: say, plain: plain,
    grouped: grouped, mark: mark, DAY: DAY
  };
  refresh();
  addReaders();
  setInterval(refresh, 30000);
  document.addEventListener("visibilitychange", refresh);
})();
