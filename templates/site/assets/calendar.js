/* Shows what has passed and what is today by our own clock, finds the current month, and keeps what was chosen in the list. */
(function () {
  "use strict";
  var calendar = document.querySelector("[data-calendar]");
  if (!calendar) { return; }
  var words = window.proekt.calendar, list = window.proekt.list, tools = window.proekt.tools, make = tools.make;
  var NBSP = "\u00a0", IN_CELL = 3, SOON_DAYS = 7;
  var form = document.querySelector("form[data-filters=calendar]"), details = form.closest("details");
  var line = document.querySelector("[data-chosen]"), wide = window.matchMedia("(min-width: 60em)");

  function each(selector, act, from) { Array.prototype.forEach.call((from || calendar).querySelectorAll(selector), act); }
  function dayOf(iso) { return Date.parse(iso + "T00:00:00Z") / tools.DAY; }
  function today() { return tools.wall(Date.now(), window.proekt.zone).day; }
  function iso(day) { return new Date(day * tools.DAY).toISOString().slice(0, 10); }

  /* 1. the current month: a page made last month leads to this one */
  function leaveForThisMonth() {
    if (!calendar.hasAttribute("data-now")) { return; }
    var month = iso(today()).slice(0, 7);
    if (month === calendar.getAttribute("data-month")) { return; }
    var link = document.querySelector('[data-to-month="' + month + '"]'), stale = document.querySelector("[data-stale]");
    if (link) { location.replace(link.href.split("?")[0] + location.search); return; }
    stale.textContent = stale.getAttribute("data-stale");
    stale.hidden = false;
  }

  /* 2. what was chosen: here, or in the list of calls */
  function known(name, value) {
    return Array.prototype.some.call(form.elements[name].options, function (option) { return option.value === value; }) ? value : "";
  }
  function fromAddress() {
    var asked = new URLSearchParams(location.search);
    return { who: known("who", asked.get("who") || ""), topic: known("topic", asked.get("topic") || ""), suits: asked.get("suits") === "1" };
  }
  function fromForm() { return { who: form.elements.who.value, topic: form.elements.topic.value, suits: form.elements.suits.checked }; }
  function fill(wanted) {
    form.elements.who.value = wanted.who;
    form.elements.topic.value = wanted.topic;
    form.elements.suits.checked = wanted.suits;
  }
  function query(wanted) {
    var asked = new URLSearchParams();
    if (wanted.who) { asked.append("who", wanted.who); }
    if (wanted.suits) { asked.append("suits", "1"); }
    if (wanted.topic) { asked.append("topic", wanted.topic); }
    return asked.toString() ? "?" + asked : "";
  }
  /* A meetup has no applicants: whoever one is, one may come. */
  function answers(element, wanted) {
    var who = element.getAttribute("data-who"), topics = (element.getAttribute("data-topics") || "").split(" ");
    if (wanted.topic && topics.indexOf(wanted.topic) < 0) { return false; }
    if (who === null) { return true; }
    if (wanted.suits && !element.hasAttribute("data-suits")) { return false; }
    return !wanted.who || who.replace(/~/g, "").split(" ").indexOf(wanted.who) >= 0;
  }
  function optionName(name) { return form.elements[name].selectedOptions[0].textContent; }
  function said(wanted) {
    var parts = [];
    if (wanted.who) { parts.push(list.who[wanted.who]); }
    if (wanted.topic) { parts.push(list.topic.replace("{name}", optionName("topic"))); }
    if (wanted.suits) { parts.push(list.suits[2] + " " + list.town); }
    return parts.join(", ");
  }
  function show(wanted) {
    each(".ev", function (event) { event.hidden = !answers(event, wanted); });
    each(".links > [data-who]", function (item) { item.hidden = !answers(item, wanted); }, document);
    each("td[data-day]", layCell);
    mark(today());
    each(".days > li[data-day]", function (day) { day.hidden = !day.querySelector(".ev:not([hidden])") && !day.classList.contains("now"); });
    each("[data-none]", function (note) { note.hidden = Boolean(note.parentNode.querySelector(".days .ev:not([hidden])")); });
    showChosen(wanted);
  }
  function showChosen(wanted) {
    var text = said(wanted);
    line.hidden = !text;
    if (text) {
      var reset = make("a", "reset", list.showAll);
      reset.href = location.pathname;
      line.replaceChildren(list.dates.replace("{what}", text) + " ", reset);
    }
    var names = [wanted.who && optionName("who"), wanted.topic && optionName("topic"), wanted.suits && list.fits].filter(Boolean);
    details.querySelector("[data-summary]").textContent = list.filters + (names.length ? ": " + names.join(", ") : "");
    each(".months a, [data-months] a, .year h2 a", function (link) {
      link.href = link.getAttribute("href").split("?")[0] + query(wanted);
    }, document);
  }
  /* Three events stand in a cell, the rest under «ещё 2»: of those that are shown. */
  function layCell(cell) {
    var rest = cell.querySelector(".rest");
    if (!rest) { return; }
    var events = Array.prototype.slice.call(cell.querySelectorAll(".ev")), number = 0;
    events.forEach(function (event) {
      number += event.hidden ? 0 : 1;
      if (number <= IN_CELL) { cell.insertBefore(event, rest); } else { rest.appendChild(event); }
    });
    rest.hidden = number <= IN_CELL;
    rest.querySelector("summary").textContent = words.more.replace("{n}", number - IN_CELL);
  }

  /* 3. past, today, to come */
  function mark(now) {
    var here = iso(now);
    each("[data-day]", function (element) {
      var day = dayOf(element.getAttribute("data-day"));
      element.classList.toggle("past", day < now);
      element.classList.toggle("now", day === now);
      if (day === now) { element.setAttribute("aria-current", "date"); } else { element.removeAttribute("aria-current"); }
      each(".late", function (event) { event.classList.toggle("due", day >= now && day - now <= SOON_DAYS); }, element);
      if (day < now) { each("[data-then]", function (word) { word.textContent = word.getAttribute("data-then"); }, element); }
    });
    each(".today", function (word) { word.remove(); });
    each("td.now > b", function (number) { number.appendChild(make("span", "today", words.todayCell)); });
    if (calendar.getAttribute("data-month") === here.slice(0, 7)) { divide(now, here); }
    each("section[data-month]", function (month) {
      var name = month.getAttribute("data-month"), title = month.querySelector("h2");
      month.classList.toggle("past", name < here.slice(0, 7));
      month.classList.toggle("now", name === here.slice(0, 7));
      if (name === here.slice(0, 7)) { title.appendChild(make("span", "today", words.nowMonth)); }
    });
  }
  /* The list for small screens: what has passed is folded, then «Сегодня», then what is to come. */
  function divide(now, here) {
    var days = calendar.querySelector(".days"), folded = days.querySelector(".folded");
    var items = Array.prototype.slice.call(days.querySelectorAll("li[data-day]"));
    if (folded) { folded.remove(); }
    each(".only-today", function (item) { item.remove(); }, days);
    items = items.filter(function (item) { return !item.classList.contains("only-today"); });
    var past = items.filter(function (item) { return item.classList.contains("past"); });
    days.replaceChildren.apply(days, items.filter(function (item) { return past.indexOf(item) < 0; }));
    var own = items.filter(function (item) { return item.classList.contains("now"); })[0];
    if (!own) {
      own = make("li", "now only-today");
      own.setAttribute("aria-current", "date");
      own.setAttribute("data-day", here);
      var day = make("p", "day"), body = make("div");
      day.append(make("b", "", String(+here.slice(8))), window.proekt.weekdays[new Date(now * tools.DAY).getUTCDay()]);
      own.append(day, body);
      days.prepend(own);
    }
    var text = make("p", "today");
    text.append(make("b", "", words.today), " " + nearestWords(items, now));
    own.lastElementChild.prepend(text);
    if (past.length) {
      var fold = make("li", "folded"), box = make("details"), inner = make("ol", "days");
      box.append(make("summary", "", words.passed.replace("{n}", past.length + NBSP + tools.plural(past.length, words.days))), inner);
      inner.append.apply(inner, past);
      fold.appendChild(box);
      days.prepend(fold);
    }
  }
  function nearestWords(items, now) {
    var due = items.filter(function (item) {
      return dayOf(item.getAttribute("data-day")) >= now && item.querySelector(".late:not([hidden])");
    })[0];
    if (!due) { return words.noMore; }
    var days = dayOf(due.getAttribute("data-day")) - now;
    return days ? words.nearest.replace("{n}", days + NBSP + tools.plural(days, words.through)) : words.nearestToday;
  }

  var shownDay = null;
  function refresh() {
    if (shownDay === today()) { return; }
    shownDay = today();
    show(fromForm());
  }
  function apply() {
    try { history.pushState(null, "", query(fromForm()) || location.pathname); } catch (refused) { /* a page from a disk */ }
    show(fromForm());
  }
  form.addEventListener("change", apply);
  form.addEventListener("submit", function (event) { event.preventDefault(); details.open = wide.matches; });
  line.addEventListener("click", function (event) {
    if (!event.target.closest(".reset")) { return; }
    event.preventDefault();
    fill({ who: "", topic: "", suits: false });
    apply();
    (wide.matches ? form.elements.who : details.querySelector("summary")).focus();
  });
  window.addEventListener("popstate", function () {
    fill(fromAddress());
    show(fromForm());
  });
  function unfold() { details.open = wide.matches; }
  wide.addEventListener("change", unfold);
  unfold();

  leaveForThisMonth();
  fill(fromAddress());
  refresh();
  setInterval(refresh, 30000);
  document.addEventListener("visibilitychange", refresh);
})();
