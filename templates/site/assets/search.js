/* The search page: asks Pagefind's index, mends what was mistyped, groups what is found by kind with today's statuses. */
document.addEventListener("DOMContentLoaded", function () {
  "use strict";
  var form = document.querySelector("form[data-search]");
  if (!form) { return; }
  var say = window.proekt.search, tools = window.proekt.tools, make = tools.make;
  var base = form.getAttribute("action").replace(/search\/(index\.html)?$/, "");
  var place = document.querySelector("[data-results]"), told = document.querySelector("[data-found]");
  var near = document.querySelector("[data-near]"), kinds = document.querySelector("[data-kinds]");
  var narrow = document.querySelector("[data-narrow]"), wide = window.matchMedia("(min-width: 60em)");
  var FIRST = 5, MORE = 20, WAIT = 250, LONG = 8, STEM = 4, ENDING = 3;
  var engine = null, vocabulary = null, states = {}, asked = 0;

  function load() {
    if (engine === null) {
      engine = import(new URL(base + "pagefind/pagefind.js", location.href).href).then(function (found) {
        return found.options({ excerptLength: 24 }).then(function () { return found.filters(); }).then(function () { return found; });
      });
      vocabulary = Promise.all(["words", "states"].map(function (name) {
        return fetch(base + "search/" + name + ".json").then(function (answer) { return answer.json(); });
      })).then(function (found) {
        var words = found[0].words.split(" ");
        states = found[1];
        return { words: words, places: new Set(words), forms: found[0].forms };
      });
    }
    return Promise.all([engine, vocabulary]);
  }

  /* 1. words as they were typed, and as the site has them */
  function plain(text) { return text.toLowerCase().replace(/ё/g, "е"); }
  /* How many letters are wrong, missing, too many or changed places; above `most`, just more than that. */
  function distance(one, other, most) {
    if (Math.abs(one.length - other.length) > most) { return most + 1; }
    var before = null, last = [], row, best;
    for (var j = 0; j <= other.length; j += 1) { last.push(j); }
    for (var i = 1; i <= one.length; i += 1) {
      row = [i];
      best = i;
      for (j = 1; j <= other.length; j += 1) {
        row[j] = Math.min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (one[i - 1] === other[j - 1] ? 0 : 1));
        if (i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1]) { row[j] = Math.min(row[j], before[j - 2] + 1); }
        best = Math.min(best, row[j]);
      }
      if (best > most) { return most + 1; }
      before = last;
      last = row;
    }
    return last[other.length];
  }
  function nearest(word, known) {
    var most = word.length >= LONG ? 2 : 1, found = null;
    known.words.forEach(function (other) {
      var far = distance(word, other, most);
      if (far <= most && (found === null || far < found.far)) { found = { word: other, far: far }; }
    });
    return found && found.word;
  }
  /* Whether the site has a word, its beginning, or one that differs in its ending alone. */
  function isKnown(word, known) {
    var least = Math.max(STEM, word.length - ENDING);
    return known.places.has(word) || known.words.some(function (other) {
      if (other.startsWith(word)) { return true; }
      return other.length - least <= ENDING && word.length >= least && other.slice(0, least) === word.slice(0, least);
    });
  }
  /* Each word that the site does not have gives way to the nearest that it has. */
  function mended(query, known) {
    var words = plain(query).match(/[a-zа-я0-9-]+/g) || [];
    return words.map(function (word) {
      if (known.forms[word]) { return { asked: word, used: known.forms[word] }; }
      var other = /^[а-я]{3,}$/.test(word) && !isKnown(word, known) ? nearest(word, known) : null;
      return { asked: word, used: other || word, typo: Boolean(other) };
    });
  }

  /* 2. what is shown */
  function chosen() {
    var filters = {}, kind = kinds.querySelector("input:checked"), topic = form.elements.topic.value;
    if (kind && kind.value) { filters.kind = kind.value; }
    if (topic) { filters.topic = topic; }
    return filters;
  }
  function result(page) {
    var entry = make("li"), name = make("h3"), link = make("a", "", page.meta.title);
    entry.setAttribute("data-result", "");
    /* Only a sheet's words have no folder of their own: they stand in its PDF. */
    link.href = page.url.replace(/\.html$/, ".pdf");
    name.appendChild(link);
    entry.appendChild(name);
    /* Both are made when the site is built, from its own records. */
    if (states[page.raw_url]) { entry.insertAdjacentHTML("beforeend", states[page.raw_url]); }
    var text = make("p");
    text.innerHTML = page.excerpt;
    entry.appendChild(text);
    return entry;
  }
  async function group(found) {
    var part = make("section", "part"), list = make("ol", "found-list"), head = make("h2", "", say.kinds[found.kind] + " ");
    var more = make("button", "btn btn--2"), shown = 0;
    async function add(count) {
      var next = found.results.slice(shown, shown + count);
      shown += next.length;
      var pages = await Promise.all(next.map(function (each) { return each.data(); }));
      pages.forEach(function (page) { list.appendChild(result(page)); });
      more.hidden = shown >= found.results.length;
      more.textContent = say.more.replace("{n}", tools.grouped(Math.min(MORE, found.results.length - shown)));
    }
    head.appendChild(make("small", "", tools.grouped(found.results.length)));
    more.type = "button";
    more.addEventListener("click", async function () {
      var first = shown;
      await add(MORE);
      tools.watch(list);
      list.children[first].querySelector("a").focus();
    });
    part.append(head, list, more);
    await add(FIRST);
    return part;
  }
  function count(facets) {
    kinds.querySelectorAll("label").forEach(function (label) {
      var value = label.querySelector("input").value, number = value ? facets[value] || 0 : null;
      label.hidden = number === 0 && !label.querySelector("input").checked;
      if (number !== null) { label.querySelector("small").textContent = tools.grouped(number); }
    });
  }
  function hint(words) {
    var typos = words.filter(function (word) { return word.typo; });
    function joined(name) { return typos.map(function (word) { return word[name]; }).join(" "); }
    near.hidden = !typos.length;
    tools.say(near, typos.length ? say.mended.replace("{asked}", joined("asked")).replace("{used}", joined("used")) : "");
  }
  async function nothing(query, words, pagefind) {
    var long = words.length > 1 ? words.filter(function (word) { return word.used.length > 2; }) : [];
    var singles = await Promise.all(long.map(async function (word) {
      return { word: word.used, count: (await pagefind.search(word.used)).results.length };
    }));
    var rest = singles.filter(function (each) { return each.count; });
    var box = make("div", "empty"), way = make("p", "", rest.length ? say.single : say.advice);
    rest.forEach(function (each, index) {
      var link = make("a", "", each.word);
      link.href = "?q=" + encodeURIComponent(each.word);
      way.append(index ? ", " : "", link, " (" + tools.grouped(each.count) + ")");
    });
    box.appendChild(way);
    return box;
  }
  function clear(text) {
    place.replaceChildren();
    near.hidden = true;
    tools.say(told, text);
  }
  /* What was found of each kind, the best answer's kind first. */
  async function ask(pagefind, used, filters) {
    var topic = filters.topic ? { topic: filters.topic } : {};
    var all = await pagefind.search(used, { filters: topic }), facets = (all.filters || {}).kind || {};
    var names = Object.keys(say.kinds).filter(function (kind) { return facets[kind] && (!filters.kind || filters.kind === kind); });
    var groups = await Promise.all(names.map(async function (kind) {
      var found = await pagefind.search(used, { filters: Object.assign({ kind: kind }, topic) });
      return { kind: kind, results: found.results };
    }));
    groups = groups.filter(function (each) { return each.results.length; });
    groups.sort(function (one, other) { return other.results[0].score - one.results[0].score; });
    return { facets: facets, groups: groups };
  }
  async function answer(query, turn) {
    var loaded = await load(), words = mended(query, loaded[1]);
    var used = words.map(function (word) { return word.used; }).join(" ");
    var found = await ask(loaded[0], used, chosen());
    var total = found.groups.reduce(function (sum, each) { return sum + each.results.length; }, 0);
    var parts = total ? await Promise.all(found.groups.map(group)) : [await nothing(query, words, loaded[0])];
    if (turn !== asked) { return; }
    hint(words);
    count(found.facets);
    var pages = tools.grouped(total) + "\u00a0" + tools.plural(total, say.pages);
    tools.say(told, total ? say.found.replace("{query}", query) + pages : say.none.replace("{query}", query));
    place.replaceChildren.apply(place, parts);
    tools.watch(place);
  }
  function run() {
    var query = form.elements.q.value.trim(), turn = asked += 1;
    document.title = (query ? query + " — " : "") + say.title;
    document.documentElement.classList.toggle("asked", Boolean(query));
    narrow.hidden = !query;
    if (query && !place.firstChild) { tools.say(told, say.asking); }
    if (!query) { clear(""); return; }
    answer(query, turn).catch(function () { clear(location.protocol === "file:" ? say.disk : say.failed); });
  }

  /* 3. the address keeps what was asked, so that it can be sent to somebody */
  function address() {
    var query = new URLSearchParams();
    ["q", "topic"].forEach(function (name) { if (form.elements[name].value.trim()) { query.set(name, form.elements[name].value.trim()); } });
    var kind = kinds.querySelector("input:checked");
    if (kind && kind.value) { query.set("kind", kind.value); }
    var text = query.toString();
    return location.pathname + (text ? "?" + text : "");
  }
  function fill() {
    var query = new URLSearchParams(location.search);
    form.elements.q.value = query.get("q") || "";
    form.elements.topic.value = query.get("topic") || "";
    var kind = Array.prototype.filter.call(kinds.querySelectorAll("input"), function (input) {
      return input.value === (query.get("kind") || "");
    })[0];
    (kind || kinds.querySelector("input")).checked = true;
  }
  var timer = null;
  function changed() { history.replaceState(null, "", address()); run(); }
  function typed(event) {
    clearTimeout(timer);
    timer = setTimeout(changed, event.target === form.elements.q ? WAIT : 0);
  }
  form.addEventListener("input", typed);
  narrow.addEventListener("input", typed);
  function unfold() { narrow.open = wide.matches; }
  wide.addEventListener("change", unfold);
  unfold();
  form.addEventListener("submit", function (event) { event.preventDefault(); clearTimeout(timer); history.pushState(null, "", address()); run(); });
  window.addEventListener("popstate", function () { fill(); run(); });
  fill();
  run();
  if (!form.elements.q.value) { form.elements.q.focus(); }
});
