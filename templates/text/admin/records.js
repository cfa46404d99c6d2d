// Between a record's file and the form: what the form did not change stays as it is written, sign by sign.
import { Document, Pair, Scalar, YAMLMap, YAMLSeq, isMap, isScalar, isSeq, parseDocument } from "./yaml/index.js";

// Under this name the file as it was read travels through the form, which keeps names that it does not know.
const SOURCE = "_source";
const ASSETS = "content/assets/";
const WIDTH = 110;
// As generator/new/writing.py has it: programs read these as something else than text; ours does not.
const AMBIGUOUS =
  /^(y|n|yes|no|on|off|true|false|[-+]?\.?\d[\d_,.:eE+-]*|[-+]?0[xob][\da-f_]+|[-+]?\.(inf|nan)|\d{4}-\d\d?-\d\d?.*|~|null)$/i;
const OUTPUT = { lineWidth: 0, flowCollectionPadding: false };
// In the failsafe schema of YAML 1.2 (10.1) every scalar is text, as our own reader has it.
const UNREADABLE = "файл не читается: proekt check скажет, что в нём исправить";
const INPUT = { schema: "failsafe" };

// Return what the form asks of a kind of record: how to read a file of it, and how to write one.
export const formOf = (kind) => ({
  fromFile: (text) => read(kind, text),
  toFile: (value) => write(kind, value),
});

// ---- a file

function read(kind, text) {
  const file = split(kind, text);
  return { ...toForm(kind, file.values), [kind.body]: withPictures(kind, file.body), [SOURCE]: text };
}

function write(kind, { [SOURCE]: source = "", ...value }) {
  const file = split(kind, source);
  const before = toForm(kind, file.values);
  let head = file.head;
  for (const field of kind.fields) {
    const now = fromForm(field, value[field.name]);
    if (same(now, fromForm(field, before[field.name]))) continue;
    head = changed(kind, head, field, now);
  }
  const written = String(value[kind.body] ?? "").trim();
  const body = asBefore(file.body, written.replaceAll(`](/${ASSETS}`, `](${kind.assets}`));
  if (!kind.marked) return body === file.body ? head : changed(kind, head, { name: kind.body }, body ? `${body}\n` : undefined);
  return body === file.body && head === file.head ? source : `---\n${head.replace(/\n*$/, "\n")}---\n\n${body}`;
}

function split(kind, text) {
  const found = kind.marked && /^---[ ]*\n((?:[\s\S]*?\n)?)---[ ]*(?:\n([\s\S]*))?$/.exec(text);
  const head = kind.marked ? (found?.[1] ?? "") : text;
  const document = parseDocument(head, INPUT);
  const values = document.toJS() ?? {};
  // What cannot be read whole would be lost when it is written.
  if (document.errors.length || !isPlain(values) || (kind.marked && text && !found)) throw new Error(UNREADABLE);
  const body = kind.marked ? (found?.[2] ?? "") : (values[kind.body] ?? "");
  return { head, values, body: body.trim() };
}

// The form knows a picture by its place in the project, a text by the way from its own file.
const withPictures = (kind, body) => body.replaceAll(`](${kind.assets}`, `](/${ASSETS}`);

// The form's editor spells Markdown in a way of its own, and forgets how a table's columns are set.
// Return the text with every line that says what an old one said as it was written.
function asBefore(old, now) {
  const lines = new Map();
  for (const line of old.split("\n")) lines.set(plainly(line), [...(lines.get(plainly(line)) ?? []), line]);
  return now.split("\n").map((line) => lines.get(plainly(line))?.shift() ?? line).join("\n");
}

const plainly = (line) =>
  /^[\s|:-]*-[\s|:-]*$/.test(line) && line.includes("|")
    ? `columns: ${line.replace(/[^|]/g, "").length}`
    : line.replace(/\\(?=[^\w\s])/g, "").replace(/_/g, "*").replace(/^(\s*)[*+] /, "$1- ").replace(/\s+/g, " ").trim();

// Return the fields' text with one of them written anew, in its place; without it where there is no value.
function changed(kind, head, field, value) {
  const read = parseDocument(head, INPUT);
  if (read.contents?.flow) {
    read.contents.flow = false;
    return changed(kind, read.toString(OUTPUT), field, value);
  }
  const pairs = read.contents?.items ?? [];
  const starts = pairs.map((pair) => head.lastIndexOf("\n", pair.key.range[0]) + 1);
  const index = pairs.findIndex((pair) => String(pair.key) === field.name);
  const written = (pair) => {
    const map = new YAMLMap();
    pair.key.commentBefore = pair.key.spaceBefore = undefined;
    map.items.push(pair);
    const shown = new Document(undefined, INPUT);
    shown.contents = map;
    return shown.toString(OUTPUT);
  };
  if (index < 0) {
    const order = kind.fields.map((each) => each.name);
    const later = pairs.findIndex((pair) => order.indexOf(String(pair.key)) > order.indexOf(field.name));
    const place = field.name === kind.body || later < 0 ? head.length : withRemarks(head, starts[later]);
    const made = written(new Pair(new Scalar(field.name), node(field, value, 0)));
    return `${ended(head.slice(0, place))}${made}${head.slice(place)}`;
  }
  const end = withRemarks(head, index + 1 < starts.length ? starts[index + 1] : head.length);
  const [before, after] = [head.slice(0, starts[index]), head.slice(end)];
  if (value === undefined) return before + after;
  const pair = pairs[index];
  pair.value = updated(field, pair.value, value, 0);
  return before + written(pair) + after;
}

const ended = (text) => (text && !text.endsWith("\n") ? `${text}\n` : text);

// Remarks and empty lines above a field belong to it.
function withRemarks(head, start) {
  const above = /(?:^[ ]*(?:#.*)?\n)+$/m.exec(head.slice(0, start));
  return above && above.index + above[0].length === start ? above.index : start;
}

// ---- a value as the form has it

function toForm(kind, values) {
  const found = kind.fields.map((field) => {
    const value = values[field.name];
    return [field.name, value === undefined ? (field.several ? undefined : field.default) : shown(field, value)];
  });
  return Object.fromEntries(found.filter(([, value]) => value !== undefined));
}

function shown(field, value) {
  if (!field.several) return one(field, value);
  return (value === null || value === "" ? [] : Array.isArray(value) ? value : [value]).map((each) => one(field, each));
}

function one(field, value) {
  if (field.type === "table") return table(value);
  if (field.type === "moment") return moment(field, value);
  if (field.fields && typeof value === "string") {
    const name = field.line.length > 1 && value.includes("@") && !value.includes("://") ? field.line[1] : field.line[0];
    return name ? { [name]: value } : {};
  }
  if (field.fields && isPlain(value)) return toForm(field, value);
  if (value !== null && typeof value === "object") return JSON.stringify(value);
  if (field.type === "flag") return value === "yes";
  if (field.type === "number") return /^[\d\s_]+$/.test(value ?? "") ? Number(value.replace(/[\s_]/g, "")) : value;
  if (field.type === "asset") return value ? `/${ASSETS}${value.replace(/^\/?content\/assets\//, "")}` : value;
  return value ?? "";
}

const table = (value) => {
  const found = {};
  for (const [who, answer] of Object.entries(isPlain(value) ? value : {})) {
    const { may, note } = isPlain(answer) ? answer : { may: answer };
    found[who] = may;
    if (note) (found.notes ??= {})[who] = note;
  }
  return found;
};

const moment = (field, value) => {
  if (!isPlain(value)) return { when: value ?? "" };
  const { date, time, precision, ...rest } = value;
  const simple = precision === "rolling" || precision === "unknown";
  const when = simple ? precision : [date, time].filter(Boolean).join(" ");
  return { when, ...toForm(field, rest), ...(precision === "forecast" ? { forecast: true } : {}) };
};

// ---- a value as the file has it; undefined where there is none

function fromForm(field, value) {
  if (!field.several) return plain(field, value);
  const found = (Array.isArray(value) ? value : []).map((each) => plain(field, each)).filter((each) => each !== undefined);
  return found.length ? found : undefined;
}

function plain(field, value) {
  if (value === undefined || value === null || value === "") return undefined;
  if (field.type === "table") return untable(field, value);
  if (field.type === "moment") return unmoment(field, value);
  if (field.fields) {
    const found = unform(field, value);
    const names = Object.keys(found);
    if (!names.length) return undefined;
    return names.length === 1 && field.line.includes(names[0]) ? found[names[0]] : found;
  }
  if (value === field.default) return undefined;
  if (field.type === "flag") return value ? "yes" : "no";
  if (field.type === "asset") return String(value).replace(/^\/?content\/assets\//, "");
  const text = String(value).trim();
  if (field.type === "number" || !/^[[{]/.test(text)) return text;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

const unform = (field, value) =>
  Object.fromEntries(
    field.fields.map((each) => [each.name, fromForm(each, value[each.name])]).filter(([, found]) => found !== undefined),
  );

const untable = (field, value) => {
  const rows = field.keys.filter((who) => value[who]).map((who) => {
    const note = value.notes?.[who]?.trim();
    return [who, note ? { may: value[who], note } : value[who]];
  });
  return rows.length ? Object.fromEntries(rows) : undefined;
};

const unmoment = (field, value) => {
  const { when = "", forecast, ...rest } = value;
  const more = unform(field, rest);
  if (!when && !Object.keys(more).length) return undefined;
  if (!Object.keys(more).length && !forecast) return when.trim();
  if (!/^\d/.test(when)) return { precision: when.trim(), ...more };
  const [date, time] = when.trim().split(/\s+/);
  return { date, ...(time ? { time } : {}), ...(forecast ? { precision: "forecast" } : {}), ...more };
};

// ---- the nodes of YAML

// Return a node that says the value: the old one as far as it says the same.
function updated(field, old, value, depth) {
  if (isMap(old) && isPlain(value)) return updatedMap(field, old, value, depth);
  if (isSeq(old) && Array.isArray(value)) return updatedSeq(field, old, value, depth);
  if (isScalar(old) && Array.isArray(value)) {
    const list = new YAMLSeq();
    list.items.push(old);
    return updatedSeq(field, list, value, depth);
  }
  if (isScalar(old) && typeof value === "string") {
    if (text(old) === value) return old;
    const fresh = node(field, value, depth);
    fresh.comment = old.comment;
    if (fresh.type === Scalar.PLAIN && /^QUOTE/.test(old.type)) fresh.type = old.type;
    return fresh;
  }
  return node(field, value, depth);
}

const text = (scalar) => String(scalar.value ?? "");

function updatedMap(field, old, value, depth) {
  const known = new Map((field.fields ?? []).map((each) => [each.name, each]));
  const before = isPlain(old.toJSON()) ? old.toJSON() : {};
  for (const [name, now] of Object.entries(value)) {
    const inner = known.get(name) ?? inside(field, name);
    const pair = old.items.find((each) => String(each.key) === name);
    if (!pair) old.items.push(new Pair(new Scalar(name), node(inner, now, depth + 1)));
    else if (!same(fromForm(inner, shown(inner, before[name])), now)) pair.value = updated(inner, pair.value, now, depth + 1);
  }
  old.items = old.items.filter(({ key }) => String(key) in value || !(known.has(String(key)) || field.keys?.includes(String(key)) || field.own?.includes(String(key))));
  return old;
}

function updatedSeq(field, old, value, depth) {
  const entry = { ...field, several: false };
  const before = old.toJSON().map((each) => plain(entry, one(entry, each)));
  const free = new Set(before.keys());
  const take = (index) => (free.delete(index), old.items[index]);
  const kept = value.map((each) => [...free].find((index) => same(before[index], each) && free.delete(index)));
  const inRow = old.flow || old.items.some((each) => each.flow);
  old.items = value.map((each, place) => {
    if (kept[place] !== undefined) return old.items[kept[place]];
    if (free.has(place)) return updated(entry, take(place), each, depth + 1);
    const fresh = node(entry, each, depth + 1);
    if (isMap(fresh) && !inRow) fresh.flow = false;
    return fresh;
  });
  return old;
}

const inside = (field, name) => (field.type === "table" ? { name, type: "answer" } : { name, words: name === "time" });

function node(field, value, depth) {
  if (Array.isArray(value)) {
    const seq = new YAMLSeq();
    const entry = { ...field, several: false };
    seq.items = value.map((each) => Object.assign(node(entry, each, depth + 1), isPlain(each) ? { flow: false } : {}));
    const row = value.every((each) => typeof each === "string" && (value.length === 1 || !/\s/.test(each)));
    seq.flow = row && `${field.name}: [${value.join(", ")}]`.length + 2 * depth < WIDTH;
    return seq;
  }
  if (isPlain(value)) {
    const map = new YAMLMap();
    const known = new Map((field.fields ?? []).map((each) => [each.name, each]));
    for (const [name, each] of Object.entries(value)) {
      map.items.push(new Pair(new Scalar(name), node(known.get(name) ?? inside(field, name), each, depth + 1)));
    }
    const row = Object.values(value).every((each) => typeof each === "string") && field.type !== "table";
    map.flow = row && `${field.name}: {${Object.entries(value).map((each) => each.join(": ")).join(", ")}}`.length + 2 * depth < WIDTH;
    return map;
  }
  const scalar = new Scalar(value);
  scalar.type = value.includes("\n") ? Scalar.BLOCK_LITERAL : Scalar.PLAIN;
  if (field.words && AMBIGUOUS.test(value)) scalar.type = Scalar.QUOTE_DOUBLE;
  return scalar;
}

const isPlain = (value) => value !== null && typeof value === "object" && !Array.isArray(value);

function same(one, other) {
  return JSON.stringify(sorted(one)) === JSON.stringify(sorted(other));
}

function sorted(value) {
  if (Array.isArray(value)) return value.map(sorted);
  if (!isPlain(value)) return value;
  return Object.fromEntries(Object.keys(value).sort().map((name) => [name, sorted(value[name])]));
}
