/* Sifts the list of calls by what the address says, groups it by today's status, and says in words what is shown. */
document.addEventListener("DOMContentLoaded", function () {
  "use strict";
  var form = document.querySelector("form[data-filters=grants]");
  if (!form) { return; }
  var words = window.proekt.list, tools = window.proekt.tools, make = tools.make, say = tools.say, plain = tools.plain, grouped = tools.grouped;
  var NBSP = "\u00a0";
  var ONE = ["who", "days", "topic", "sum", "level", "funder", "q"];
  var FACETS = ["who", "suits", "status", "days", "topic", "sum", "level", "funder", "q"];
  var NOW = ["closing", "open", "rolling"];
  var GROUP_OF = {
    closing: "closing", open: "open", rolling: "rolling", upcoming: "soon", forecast: "soon", closed: "over", cancelled: "over"
  };
  var ORDERS = { "": ["closing", "open", "rolling", "soon", "over"], "new": ["new", "over"], sum: ["sum", "over"] };
  var NEVER = 8640000000000000, MANY = 150;

  var details = form.closest("details");
  var found = document.querySelector("[data-found]"), chips = document.querySelector("[data-chips]");
  var empty = document.querySelector("[data-empty]"), place = document.querySelector("[data-groups]");
  var sort = document.getElementById("f-sort"), wide = window.matchMedia("(min-width: 60em)");

  /* 1. what the page knows of each call */
  /* Which choices of each condition the call answers. */
  function choicesOf(entry) {
    return {
      who: Object.keys(entry.who).concat(""), suits: entry.suits ? ["1"] : [], status: [], days: [], topic: entry.topics, q: [],
      sum: RANGES.filter(function (range) { return asks(entry, range[1], range[2]); }).map(function (range) { return range[0]; }),
      level: [entry.level], funder: [entry.funder]
    };
  }
  var written = JSON.parse(document.querySelector("[data-facts]").textContent);
  var entries = tools.calls.filter(function (call) { return place.contains(call.element); }).map(function (call, row) {
    var most = written.most[row], least = written.least[row], who = {};
    written.who[row].split(" ").forEach(function (each) {
      if (each) { who[each.replace("~", "")] = each.charAt(0) === "~" ? "partner" : "yes"; }
    });
    return {
      call: call, element: call.element, index: row, who: who, topics: written.topics[row].split(" "), suits: written.suits[row] === 1,
      level: written.level[row], funder: written.funder[row], age: written.age[row], least: least, most: most || (least ? Infinity : null),
      about: written.about[row] || "", text: null,
      hidden: false, partner: null, partnerText: ""
    };
  });
  function textOf(entry) {
    if (entry.text === null) {
      entry.text = plain(entry.element.querySelector(".call__title").textContent + " " + entry.about);
    }
    return entry.text;
  }
  /* The nearest day by which, or from which, one may still do something. */
  function reckon(entry) {
    var status = entry.call.status, due = NEVER, days = null, last = 0;
    entry.status = status === "cancelled" ? "closed" : status;
    entry.group = GROUP_OF[status];
    entry.call.rounds.forEach(function (round) {
      if (round.deadline !== null) { last = Math.max(last, round.deadline); }
      if (["closing", "open", "upcoming"].indexOf(round.state) >= 0 && round.deadline !== null) {
        days = days === null ? round.days : Math.min(days, round.days);
      }
      if (round.state !== status) { return; }
      if (round.deadline !== null) { due = Math.min(due, round.deadline); }
      if (round.forecastDay !== null) { due = Math.min(due, round.forecastDay * tools.DAY); }
    });
    entry.days = days;
    entry.due = entry.group === "over" ? -last : due;
    entry.choices.status = NOW.indexOf(entry.status) >= 0 ? [entry.status, "now"] : [entry.status];
    entry.choices.days = ["7", "30", "90"].filter(function (within) { return days !== null && days <= +within; });
  }

  /* 2. what is asked: the address, the form, and back */
  function values(name) {
    var each = form.elements[name];
    var list = each instanceof RadioNodeList ? Array.prototype.slice.call(each) : each.options ? Array.prototype.slice.call(each.options) : [each];
    return list.map(function (option) { return option.value; });
  }
  var known = { sort: ["", "new", "sum"] };
  FACETS.forEach(function (name) { if (name !== "q") { known[name] = values(name); } });
  function parsed(search) {
    var asked = new URLSearchParams(search), wanted = { status: [] };
    asked.getAll("status").join(",").split(",").forEach(function (each) {
      if (known.status.indexOf(each) >= 0 && wanted.status.indexOf(each) < 0) { wanted.status.push(each); }
    });
    ONE.concat("sort").forEach(function (name) {
      var value = asked.get(name) || "";
      wanted[name] = name === "q" ? value.trim() : known[name].indexOf(value) >= 0 ? value : "";
    });
    wanted.suits = asked.get("suits") === "1";
    return wanted;
  }
  function fromAddress() { return parsed(location.search); }
  function fromForm() {
    var wanted = { suits: form.elements.suits.checked, sort: sort.value };
    wanted.status = Array.prototype.filter.call(form.elements.status, function (box) { return box.checked; }).map(function (box) { return box.value; });
    ONE.forEach(function (name) { wanted[name] = form.elements[name].value.trim(); });
    return wanted;
  }
  function fill(wanted) {
    ONE.forEach(function (name) { if (name !== "who") { form.elements[name].value = wanted[name]; } });
    Array.prototype.forEach.call(form.elements.who, function (dot) { dot.checked = dot.value === wanted.who; });
    form.elements.suits.checked = wanted.suits;
    Array.prototype.forEach.call(form.elements.status, function (box) { box.checked = wanted.status.indexOf(box.value) >= 0; });
    sort.value = wanted.sort;
  }
  function query(wanted, names) {
    var asked = new URLSearchParams();
    (names || ["who", "suits", "status", "days", "topic", "sum", "level", "funder", "q", "sort"]).forEach(function (name) {
      if (name === "suits") { if (wanted.suits) { asked.append("suits", "1"); } }
      else if (name === "status") { wanted.status.forEach(function (each) { asked.append("status", each); }); }
      else if (wanted[name]) { asked.append(name, wanted[name]); }
    });
    return asked.toString();
  }
  function without(wanted, name, value) {
    var rest = Object.assign({}, wanted);
    if (name === "status") { rest.status = value ? wanted.status.filter(function (each) { return each !== value; }) : []; }
    else { rest[name] = name === "suits" ? false : ""; }
    return rest;
  }
  function isAsked(wanted, name) { return name === "status" ? wanted.status.length > 0 : Boolean(wanted[name]); }

  /* 3. which calls answer */
  function tester(wanted) {
    var range = wanted.sum.split("-"), low = +range[0], high = +range[1] || Infinity;
    var asked = plain(wanted.q).split(/\s+/).filter(Boolean);
    var statuses = wanted.status.indexOf("now") >= 0 ? wanted.status.concat(NOW) : wanted.status;
    return {
      who: function (entry) { return !wanted.who || entry.who[wanted.who] !== undefined; },
      suits: function (entry) { return !wanted.suits || entry.suits; },
      status: function (entry) { return !statuses.length || statuses.indexOf(entry.status) >= 0; },
      days: function (entry) { return !wanted.days || (entry.days !== null && entry.days <= +wanted.days); },
      topic: function (entry) { return !wanted.topic || entry.topics.indexOf(wanted.topic) >= 0; },
      sum: function (entry) { return !wanted.sum || asks(entry, wanted.sum === "none" ? null : low, high); },
      level: function (entry) { return !wanted.level || entry.level === wanted.level; },
      funder: function (entry) { return !wanted.funder || entry.funder === wanted.funder; },
      q: function (entry) { return asked.every(function (word) { return textOf(entry).indexOf(word) >= 0; }); }
    };
  }
  /* Whether one could ask for a sum between two: what a call gives and what is asked overlap. */
  function asks(entry, low, high) {
    if (low === null) { return entry.most === null; }
    return entry.most !== null && entry.most >= Math.max(low, 1) && entry.least <= high && !(low > 0 && entry.most === low);
  }
  var RANGES = known.sum.filter(Boolean).map(function (value) {
    var ends = value.split("-");
    return [value, value === "none" ? null : +ends[0], +ends[1] || Infinity];
  });
  function sift(wanted) {
    var tests = tester(wanted), shown = [], now = 0, counts = {}, lifted = {};
    FACETS.forEach(function (name) { counts[name] = {}; lifted[name] = 0; });
    var asked = FACETS.filter(function (name) { return isAsked(wanted, name); });
    entries.forEach(function (entry) {
      var failed = asked.filter(function (name) { return !tests[name](entry); });
      entry.shown = !failed.length;
      if (entry.shown) {
        shown.push(entry);
        if (NOW.indexOf(entry.status) >= 0) { now += 1; }
      }
      /* A choice's number is how many would be shown with it: those that no other condition shuts out. */
      if (failed.length > 1) { return; }
      (failed.length ? failed : FACETS).forEach(function (name) {
        lifted[name] += 1;
        entry.choices[name].forEach(function (value) { counts[name][value] = (counts[name][value] || 0) + 1; });
      });
    });
    return { shown: shown, now: now, counts: counts, lifted: lifted };
  }

  /* 4. words */
  function counted(number) { return grouped(number) + NBSP + tools.plural(number, words.calls); }
  function optionName(name, value) {
    var select = form.elements[name];
    var option = Array.prototype.filter.call(select.options, function (each) { return each.value === value; })[0];
    return option.getAttribute("data-name") || option.textContent;
  }
  function small(text) { return text.charAt(0).toLowerCase() + text.slice(1); }
  function nameOf(name, value) {
    if (name === "suits") { return words.fits; }
    if (name === "status") { return words.status[value]; }
    if (name === "q") { return "«" + value + "»"; }
    if (name === "who") { return form.querySelector("[name=who][value=" + value + "]").nextElementSibling.textContent; }
    return optionName(name, value);
  }
  /* «9 конкурсов» + «для НКО», «по теме „Музеи“», … */
  function conditions(wanted, number) {
    var said = [], clauses = [];
    if (wanted.who) { said.push(words.who[wanted.who]); }
    if (wanted.topic) { said.push(words.topic.replace("{name}", optionName("topic", wanted.topic))); }
    if (wanted.level) { said.push(words.level[wanted.level]); }
    if (wanted.sum) {
      said.push(wanted.sum === "none" ? words.noSum : words.sum.replace("{name}", small(optionName("sum", wanted.sum))));
    }
    if (wanted.days) { said.push(words.days.replace("{n}", wanted.days + NBSP + tools.plural(+wanted.days, words.day))); }
    if (wanted.q) { said.push(words.text[/\s/.test(wanted.q) ? 1 : 0].replace("{name}", wanted.q.replace(/[«»]/g, ""))); }
    if (wanted.funder) { clauses.push(words.funder.replace("{name}", optionName("funder", wanted.funder))); }
    if (wanted.suits) { clauses.push(tools.plural(number || 5, words.suits) + " " + words.town); }
    if (wanted.status.length) { clauses.push(wanted.status.map(function (each) { return words.statusOf[each]; }).join(words.or)); }
    return (said.length ? " " + said.join(", ") : "") + clauses.map(function (clause) { return ", " + clause; }).join("");
  }
  function sentence(number, wanted) { return (number ? counted(number) : words.none) + conditions(wanted, number); }
  function nowWords(number, now) {
    if (!now) { return words.now.none; }
    if (number === 1) { return words.now.one; }
    return now === number ? words.now.all : words.now.some.replace("{n}", words.numbers[now] || grouped(now));
  }

  /* 5. showing */
  var groups = {};
  Object.keys(words.groups).forEach(function (key) {
    var title = make("h2", "group", words.groups[key] + " "), list = make("ul", "calls");
    title.appendChild(make("span"));
    groups[key] = { title: title, list: list, order: "", members: [], first: null };
  });
  function groupOf(entry, order) { return order && entry.group !== "over" ? order : entry.group; }
  function compare(order) {
    return function (one, other) {
      var first = order === "new" ? one.age - other.age : order === "sum" ? most(other) - most(one) : 0;
      return first || one.due - other.due || one.index - other.index;
    };
  }
  function most(entry) { return entry.most === null ? -1 : entry.most === Infinity ? NEVER : entry.most; }
  /* Calls move in the page only when the order or a status changes; sifting only hides and shows them. They move while
     the list is out of the page, so that a thousand of them are laid out once; whoever stood in the list stays there. */
  var arranged = null;
  function arrange(order) {
    if (arranged === order) { return; }
    var sorted = entries.slice().sort(compare(order)), moved = [];
    ORDERS[order].forEach(function (key) {
      var group = groups[key];
      group.members = sorted.filter(function (entry) { return groupOf(entry, order) === key; });
      var signature = group.members.map(function (entry) { return entry.index; }).join();
      if (group.order !== signature) { moved.push(group); }
      group.order = signature;
    });
    if (moved.length || arranged === null) {
      var held = place.contains(document.activeElement) ? document.activeElement : null;
      place.replaceChildren();
      moved.forEach(function (group) {
        group.list.append.apply(group.list, group.members.map(function (entry) { return entry.element; }));
      });
      Object.keys(groups).forEach(function (key) { if (ORDERS[order].indexOf(key) < 0) { groups[key].order = ""; } });
      place.append.apply(place, [].concat.apply([], ORDERS[order].map(function (key) { return [groups[key].title, groups[key].list]; })));
      if (held) { held.focus({ preventScroll: true }); }
    }
    arranged = order;
  }
  function showEntries(wanted, order) {
    var partner = wanted.who ? words.partner.replace("{who}", nameOf("who", wanted.who)) : "";
    ORDERS[order].forEach(function (key) {
      var group = groups[key], number = 0, first = null;
      group.members.forEach(function (entry) {
        if (entry.hidden === entry.shown) {
          entry.hidden = !entry.shown;
          entry.element.hidden = entry.hidden;
        }
        if (!entry.shown) { return; }
        number += 1;
        first = first || entry.element;
        showPartner(entry, entry.who[wanted.who] === "partner" ? partner : "");
      });
      if (group.first !== first) {
        if (group.first) { group.first.classList.remove("first"); }
        if (first) { first.classList.add("first"); }
        group.first = first;
      }
      group.title.hidden = group.list.hidden = !number;
      say(group.title.lastChild, counted(number));
    });
  }
  function showPartner(entry, text) {
    if (!entry.partner && !text) { return; }
    if (!entry.partner) {
      entry.partner = make("p", "fit partner");
      entry.partner.append(tools.mark("partner"), make("span"));
      entry.element.querySelector(".call__facts").prepend(entry.partner);
    }
    if (entry.partnerText === text) { return; }
    entry.partnerText = text;
    entry.partner.hidden = !text;
    entry.partner.lastChild.textContent = text;
  }
  function showCounts(counts) {
    form.querySelectorAll("input[type=radio], input[type=checkbox]").forEach(function (input) {
      say(input.parentNode.lastElementChild, grouped(counts[input.name][input.value] || 0));
    });
    form.querySelectorAll("select option").forEach(function (option) {
      if (!option.value) { return; }
      if (!option.hasAttribute("data-name")) { option.setAttribute("data-name", option.textContent); }
      say(option, option.getAttribute("data-name") + " (" + grouped(counts[option.parentNode.name][option.value] || 0) + ")");
    });
  }
  function chosen(wanted) {
    var list = [];
    FACETS.forEach(function (name) {
      (name === "status" ? wanted.status : isAsked(wanted, name) ? [wanted[name]] : []).forEach(function (value) {
        list.push({ name: name, value: value, label: nameOf(name, value) });
      });
    });
    return list;
  }
  function address(wanted) { return query(wanted) ? "?" + query(wanted) : location.pathname; }
  function showChips(wanted, list) {
    chips.hidden = !list.length;
    if (!list.length) { chips.replaceChildren(); return; }
    var parts = [make("span", "vh", words.chosen)];
    list.forEach(function (each) {
      var chip = make("a", "chip", each.label + " ");
      chip.href = address(without(wanted, each.name, each.value));
      chip.append(tools.mark("cancelled"), make("span", "vh", words.remove));
      parts.push(" ", chip);
    });
    var reset = make("a", "reset", words.reset);
    reset.href = address(nothing(wanted));
    parts.push(" ", reset);
    chips.replaceChildren.apply(chips, parts);
  }
  function button(text, target) {
    var link = make("a", "btn btn--2", text);
    link.href = address(target);
    return link;
  }
  /* The next call that would answer, had one not asked for those open now or closing soon. */
  function nearest(wanted) {
    if (!wanted.status.length && !wanted.days) { return null; }
    var tests = tester(without(without(wanted, "status"), "days"));
    var next = entries.filter(function (entry) {
      return entry.group !== "over" && entry.status !== "forecast" && FACETS.every(function (name) { return tests[name](entry); });
    }).sort(function (one, other) { return one.due - other.due; })[0];
    if (!next) { return null; }
    var now = Date.now(), round = next.call.rounds.filter(function (each) { return each.state === next.call.status; })[0];
    var day = next.status === "upcoming" ? round.openingDay : round.lastDay;
    var when = next.status === "rolling" ? words.rolling : words[next.status === "upcoming" ? "opens" : "closes"].replace("{day}", tools.dayWords(day, tools.wall(now, round.zone).day));
    var before = words.nearest.split("{name}"), link = make("a", "", next.element.querySelector(".call__name").textContent);
    link.href = next.element.querySelector(".call__name a").getAttribute("href");
    var line = make("p");
    line.append(before[0], link, before[1].replace("{when}", when));
    return line;
  }
  function showEmpty(wanted, result, list) {
    empty.hidden = result.shown.length > 0;
    if (result.shown.length) { empty.replaceChildren(); return; }
    var parts = [make("p", "empty__what", sentence(0, wanted) + ".")], hint = nearest(wanted);
    if (hint) { parts.push(hint); }
    var ways = looser(wanted, result);
    if (ways.length) { parts.push(make("p", "", words.loosen)); }
    var row = make("p", "row");
    ways.forEach(function (way) {
      var label = list.filter(function (each) { return each.name === way.name; }).map(function (each) { return each.label.replace(/[«»]/g, ""); }).join(", ");
      row.appendChild(button(words[way.words].replace("{name}", label).replace("{n}", counted(way.number)), way.target));
    });
    row.appendChild(button(words.all.replace("{n}", counted(entries.length)), nothing(wanted)));
    parts.push(row);
    empty.replaceChildren.apply(empty, parts);
  }
  /* Which condition to give up; if giving up one is not enough, which one to keep. */
  function looser(wanted, result) {
    var names = FACETS.filter(function (name) { return isAsked(wanted, name); });
    var ways = names.map(function (name) {
      return { name: name, words: "without", number: result.lifted[name], target: without(wanted, name) };
    });
    if (!ways.some(function (way) { return way.number; })) {
      var tests = tester(wanted);
      ways = names.map(function (name) {
        var kept = nothing(wanted);
        kept[name] = wanted[name];
        return { name: name, words: "only", number: entries.filter(tests[name]).length, target: kept };
      });
    }
    return ways.filter(function (way) { return way.number; }).sort(function (one, other) { return other.number - one.number; }).slice(0, 4);
  }
  function nothing(wanted) {
    return { who: "", suits: false, status: [], days: "", topic: "", sum: "", level: "", funder: "", q: "", sort: wanted.sort };
  }
  function showFound(wanted, result) {
    var number = result.shown.length, text = sentence(number, wanted);
    var rest = number && !wanted.status.length ? ", " + nowWords(number, result.now) : "";
    if (found.textContent !== text + rest) {
      found.replaceChildren(make("b", "", text), rest);
    }
    found.classList.toggle("vh", !number);
    say(form.querySelector("[data-submit]"), words.show + " " + counted(number));
  }
  function carry(wanted) {
    document.querySelectorAll("[data-carry]").forEach(function (link) {
      var asked = query(wanted, ["who", "topic", "suits"]);
      link.href = link.getAttribute("href").split("?")[0] + (asked ? "?" + asked : "");
    });
  }
  var current = null;
  function show(wanted) {
    var result = sift(wanted), list = chosen(wanted);
    current = wanted;
    arrange(wanted.sort);
    showEntries(wanted, wanted.sort);
    showCounts(result.counts);
    showFound(wanted, result);
    showChips(wanted, list);
    showEmpty(wanted, result, list);
    carry(wanted);
    function ids() { return result.shown.map(function (entry) { return entry.element.getAttribute("data-call"); }); }
    document.dispatchEvent(new CustomEvent("proekt:list", { detail: { number: result.shown.length, of: entries.length, ids: ids } }));
    say(details.querySelector("[data-summary]"), words.filters + (list.length ? ": " + list.map(function (each) { return each.label; }).join(", ") : ""));
  }

  /* 6. pressing, typing, going back */
  var typing = false;
  function landing() { return empty.hidden ? found : empty; }
  function remember(wanted, replace) {
    if (query(wanted) === query(fromAddress())) { return; }
    /* A page from a disk may not change its address; the list works all the same. */
    try { history[replace ? "replaceState" : "pushState"](null, "", address(wanted)); } catch (refused) { return; }
  }
  function apply(wanted, replace) { remember(wanted, replace); show(wanted); }
  form.addEventListener("input", function (event) {
    if (event.target.name !== "q") { return; }
    apply(fromForm(), typing);
    typing = true;
  });
  form.addEventListener("change", function (event) {
    typing = false;
    if (event.target.name !== "q") { apply(fromForm()); }
  });
  sort.addEventListener("change", function () { apply(fromForm()); });
  form.addEventListener("submit", function (event) {
    event.preventDefault();
    typing = false;
    if (!wide.matches) { details.open = false; }
    landing().focus();
    landing().scrollIntoView();
  });
  function go(event) {
    var link = event.target.closest("a");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) { return; }
    if (!link.matches(".chip, .reset, .btn")) { return; }
    event.preventDefault();
    var place = Array.prototype.indexOf.call(chips.querySelectorAll(".chip"), link), wanted = parsed(link.search);
    fill(wanted);
    apply(wanted);
    var left = chips.querySelectorAll(".chip");
    (place >= 0 && left.length ? left[Math.min(place, left.length - 1)] : landing()).focus();
  }
  chips.addEventListener("click", go);
  empty.addEventListener("click", go);
  window.addEventListener("popstate", function () {
    typing = false;
    fill(fromAddress());
    show(fromAddress());
  });
  document.addEventListener("proekt:calls", function () {
    entries.forEach(reckon);
    arranged = null;
    show(current);
  });
  function unfold() { details.open = wide.matches; }
  wide.addEventListener("change", unfold);
  unfold();

  if (entries.length > MANY) { place.classList.add("long"); }
  form.querySelectorAll("[name=status]").forEach(function (box) { box.nextElementSibling.textContent = words.status[box.value]; });
  entries.forEach(function (entry) { entry.choices = choicesOf(entry); });
  entries.forEach(reckon);
  fill(fromAddress());
  show(fromAddress());
});
