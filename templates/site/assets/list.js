/* Sifts a list by what the address says: a control named X leaves the entries whose data-X holds the value chosen. */
document.addEventListener("DOMContentLoaded", function () {
  "use strict";
  var form = document.querySelector("form[data-filters]"), lists = document.querySelectorAll("[data-list]");
  if (!form || !lists.length) { return; }
  var words = window.proekt.list, own = window.proekt.lists, noun = own[form.getAttribute("data-filters")];
  var tools = window.proekt.tools, make = tools.make, say = tools.say, plain = tools.plain, grouped = tools.grouped;
  var NBSP = "\u00a0";

  /* 1. what the page holds: conditions, entries, groups under their headings */
  var facets = Array.prototype.filter.call(form.elements, function (control) { return control.name && control.name !== "q"; }).map(function (control) {
    var box = control.type === "checkbox";
    var options = box ? [] : Array.prototype.filter.call(control.options, function (option) { return option.value; });
    return {
      name: control.name, control: control, box: box, label: (box ? control.nextElementSibling : control.labels[0]).textContent,
      options: options.map(function (option) { return { element: option, value: option.value, title: option.textContent }; }),
      values: box ? [control.value] : options.map(function (option) { return option.value; })
    };
  });
  var names = ["q"].concat(facets.map(function (facet) { return facet.name; }));
  var groups = Array.prototype.map.call(lists, function (list) {
    var before = list.previousElementSibling, around = list.closest("section, details");
    var heading = before && before.matches("h2, h3, h4, .group") ? [before] : [];
    return {
      parts: around && around.querySelectorAll("[data-list]").length === 1 ? [around] : heading.concat(list), heading: heading[0],
      list: list, entries: [], shown: 0
    };
  });
  var entries = [];
  groups.forEach(function (group) {
    group.list.querySelectorAll("[data-entry]").forEach(function (element) {
      var values = {};
      facets.forEach(function (facet) { values[facet.name] = (element.getAttribute("data-" + facet.name) || "").split(" "); });
      group.entries.push({ element: element, values: values, group: group, hidden: false, shown: true, text: null });
    });
    entries = entries.concat(group.entries);
  });
  function textOf(entry) {
    if (entry.text === null) { entry.text = plain(entry.element.textContent); }
    return entry.text;
  }
  function idOf(entry) { return entry.element.querySelector("a[href]").pathname.replace(/(index\.html)?$/, "").split("/").slice(-2)[0]; }

  /* 2. what is asked: the address, the form, and back */
  function parsed(search) {
    var asked = new URLSearchParams(search), wanted = { q: (asked.get("q") || "").trim() };
    facets.forEach(function (facet) {
      var value = asked.get(facet.name) || "";
      wanted[facet.name] = facet.values.indexOf(value) >= 0 ? value : "";
    });
    return wanted;
  }
  function fromForm() {
    var wanted = { q: form.elements.q.value.trim() };
    facets.forEach(function (facet) { wanted[facet.name] = facet.box && !facet.control.checked ? "" : facet.control.value; });
    return wanted;
  }
  function fill(wanted) {
    form.elements.q.value = wanted.q;
    facets.forEach(function (facet) {
      if (facet.box) { facet.control.checked = Boolean(wanted[facet.name]); } else { facet.control.value = wanted[facet.name]; }
    });
  }
  function query(wanted) {
    var asked = new URLSearchParams();
    names.forEach(function (name) { if (wanted[name]) { asked.append(name, wanted[name]); } });
    return asked.toString();
  }
  function address(wanted) { return query(wanted) ? "?" + query(wanted) : location.pathname; }
  function changed(wanted, name, value) {
    var other = Object.assign({}, wanted);
    other[name] = value;
    return other;
  }
  function asked(wanted) { return names.filter(function (name) { return wanted[name]; }); }

  /* 3. which entries answer */
  function tester(wanted) {
    var sought = plain(wanted.q).split(/\s+/).filter(Boolean);
    return function (entry, name) {
      if (name !== "q") { return entry.values[name].indexOf(wanted[name]) >= 0; }
      return sought.every(function (word) { return textOf(entry).indexOf(word) >= 0; });
    };
  }
  function sift(wanted) {
    var answers = tester(wanted), conditions = asked(wanted), counts = {}, lifted = {}, shown = [];
    names.forEach(function (name) { counts[name] = {}; lifted[name] = 0; });
    groups.forEach(function (group) { group.shown = 0; });
    entries.forEach(function (entry) {
      var failed = conditions.filter(function (name) { return !answers(entry, name); });
      entry.shown = !failed.length;
      if (entry.shown) {
        shown.push(entry);
        entry.group.shown += 1;
      }
      /* A choice's number is how many would be shown with it: those that no other condition shuts out. */
      if (failed.length > 1) { return; }
      (failed.length ? failed : names).forEach(function (name) {
        lifted[name] += 1;
        if (name !== "q") { entry.values[name].forEach(function (value) { counts[name][value] = (counts[name][value] || 0) + 1; }); }
      });
    });
    return { shown: shown, counts: counts, lifted: lifted };
  }

  /* 4. words */
  function counted(number) { return grouped(number) + NBSP + tools.plural(number, noun.forms); }
  function bare(text) { return text.replace(/[«»]/g, ""); }
  function small(text) { return text.charAt(0).toLowerCase() + text.slice(1); }
  function facetOf(name) { return facets.filter(function (facet) { return facet.name === name; })[0]; }
  function titleOf(name, value) {
    return facetOf(name).options.filter(function (option) { return option.value === value; })[0].title;
  }
  function shortOf(name, value) {
    return name === "q" ? "«" + bare(value) + "»" : facetOf(name).box ? facetOf(name).label : titleOf(name, value);
  }
  function nameOf(name, value) {
    return (name === "q" || facetOf(name).box ? "" : facetOf(name).label + ": ") + shortOf(name, value);
  }
  function condition(name, value) {
    if (name === "q") { return own.text[/\s/.test(value) ? 1 : 0].replace("{name}", bare(value)); }
    return small(facetOf(name).label) + (facetOf(name).box ? "" : " — «" + bare(titleOf(name, value)) + "»");
  }

  /* 5. showing: the page brings the count line, the rest is of use only here */
  var details = form.closest("details"), wide = window.matchMedia("(min-width: 60em)");
  var found = document.querySelector("[data-found], .found"), chips = make("p", "chips"), empty = make("div", "empty part");
  if (!found) {
    found = make("p", "found", counted(entries.length));
    groups[0].parts[0].before(found);
  }
  var whole = Array.prototype.slice.call(found.childNodes);
  found.setAttribute("aria-live", "polite");
  found.setAttribute("data-found", "");
  found.tabIndex = empty.tabIndex = -1;
  (document.querySelector(".away") || found).after(chips, empty);

  /* A list changes while it is out of the page: entries that are laid out only on the screen are slow to hide one by one. */
  function showEntries() {
    var held = document.activeElement;
    groups.forEach(function (group) {
      var changing = group.entries.filter(function (entry) { return entry.hidden === entry.shown; });
      if (changing.length) {
        var place = document.createComment("");
        group.list.replaceWith(place);
        changing.forEach(function (entry) { entry.element.hidden = entry.hidden = !entry.shown; });
        place.replaceWith(group.list);
      }
      group.parts.forEach(function (part) { part.hidden = !group.shown; });
      var id = group.heading && group.heading.id, number = group.heading && group.heading.querySelector("span");
      if (number) { say(number, counted(group.shown)); }
      if (id) { document.querySelectorAll('a[href="#' + id + '"]').forEach(function (link) { link.hidden = !group.shown; }); }
    });
    if (held !== document.activeElement) { held.focus({ preventScroll: true }); }
  }
  function showCounts(counts, wanted) {
    facets.forEach(function (facet) {
      if (facet.box) { say(facet.control.parentNode.lastElementChild, grouped(counts[facet.name][facet.control.value] || 0)); }
      facet.options.forEach(function (option) {
        var number = counts[facet.name][option.value] || 0;
        say(option.element, option.title + " (" + grouped(number) + ")");
        option.element.disabled = !number && wanted[facet.name] !== option.value;
      });
    });
  }
  function showFound(number, conditions) {
    var text = conditions.length ? tools.plural(number, noun.found) + " " + counted(number) + " " + own.of + NBSP + grouped(entries.length) : "";
    if (!text) { found.replaceChildren.apply(found, whole); }
    else if (found.textContent !== text) { found.replaceChildren(make("b", "", text)); }
    found.classList.toggle("vh", !number);
    say(form.querySelector("[data-submit]"), words.show + " " + counted(number));
    say(details.querySelector("[data-summary]"), words.filters + (conditions.length ? ": " + conditions.join(", ") : ""));
  }
  function link(className, text, target) {
    var element = make("a", className, text);
    element.href = address(target);
    return element;
  }
  function showChips(wanted) {
    var conditions = asked(wanted), parts = [make("span", "vh", words.chosen)];
    conditions.forEach(function (name) {
      var chip = link("chip", nameOf(name, wanted[name]) + " ", changed(wanted, name, ""));
      chip.append(tools.mark("cancelled"), make("span", "vh", words.remove));
      parts.push(" ", chip);
    });
    chips.hidden = !conditions.length;
    chips.replaceChildren.apply(chips, parts.concat(" ", link("reset", words.reset, parsed(""))));
  }
  /* Which condition to give up; if giving up one is not enough, which one to keep. */
  function looser(wanted, lifted) {
    var conditions = asked(wanted), answers = tester(wanted), kept = conditions.every(function (name) { return !lifted[name]; });
    return conditions.map(function (name) {
      var number = kept ? entries.filter(function (entry) { return answers(entry, name); }).length : lifted[name];
      var target = kept ? changed(parsed(""), name, wanted[name]) : changed(wanted, name, "");
      return { text: words[kept ? "only" : "without"].replace("{name}", bare(nameOf(name, wanted[name]))), number: number, target: target };
    }).filter(function (way) { return way.number && asked(way.target).length; }).sort(function (one, other) { return other.number - one.number; }).slice(0, 4);
  }
  function showEmpty(wanted, result) {
    empty.hidden = result.shown.length > 0;
    if (!empty.hidden) {
      var what = asked(wanted).map(function (name) { return condition(name, wanted[name]); }).join(", ");
      var ways = looser(wanted, result.lifted), row = make("p", "row");
      ways.forEach(function (way) { row.appendChild(link("btn btn--2", way.text.replace("{n}", counted(way.number)), way.target)); });
      row.appendChild(link("btn btn--2", words.all.replace("{n}", counted(entries.length)), parsed("")));
      empty.replaceChildren(make("p", "empty__what", own.no + " " + noun.forms[2] + ": " + what + "."), make("p", "", ways.length ? words.loosen : own.spelling), row);
    }
  }
  function show(wanted) {
    var result = sift(wanted);
    showEntries();
    showCounts(result.counts, wanted);
    showFound(result.shown.length, asked(wanted).map(function (name) { return shortOf(name, wanted[name]); }));
    showChips(wanted);
    showEmpty(wanted, result);
    document.dispatchEvent(new CustomEvent("proekt:list", {
      detail: { number: result.shown.length, of: entries.length, ids: function () { return result.shown.map(idOf); } }
    }));
  }

  /* 6. pressing, typing, going back */
  var typing = false;
  function landing() { return empty.hidden ? found : empty; }
  function apply(wanted, replace) {
    if (query(wanted) !== query(parsed(location.search))) {
      /* A page from a disk may not change its address; the list works all the same. */
      try { history[replace ? "replaceState" : "pushState"](null, "", address(wanted)); } catch (refused) { typing = false; }
    }
    show(wanted);
  }
  form.addEventListener("input", function (event) {
    if (event.target.name !== "q") { return; }
    apply(fromForm(), typing);
    typing = true;
  });
  form.addEventListener("change", function (event) {
    typing = false;
    if (event.target.name !== "q") { apply(fromForm()); }
  });
  form.addEventListener("submit", function (event) {
    event.preventDefault();
    typing = false;
    if (!wide.matches) { details.open = false; }
    landing().focus();
    landing().scrollIntoView();
  });
  function go(event) {
    var pressed = event.target.closest("a");
    if (!pressed || event.ctrlKey || event.metaKey || event.shiftKey || event.button) { return; }
    event.preventDefault();
    typing = false;
    var place = Array.prototype.indexOf.call(chips.querySelectorAll(".chip"), pressed), wanted = parsed(pressed.search);
    fill(wanted);
    apply(wanted);
    var left = chips.querySelectorAll(".chip");
    (place >= 0 && left.length ? left[Math.min(place, left.length - 1)] : landing()).focus();
  }
  chips.addEventListener("click", go);
  empty.addEventListener("click", go);
  window.addEventListener("popstate", function () {
    typing = false;
    fill(parsed(location.search));
    show(parsed(location.search));
  });
  function unfold() { details.open = wide.matches; }
  wide.addEventListener("change", unfold);
  unfold();
  fill(parsed(location.search));
  show(parsed(location.search));
});
