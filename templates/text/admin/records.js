// Between a record's file and the form: what the form did not change stays as it is written, sign by sign.
import { node, updated } from "./nodes.js";
import { ASSETS, fromForm, isPlain, one, plain, same, toForm } from "./values.js";
import { Document, Pair, Scalar, YAMLMap, parseDocument } from "./yaml/index.js";

// Under this name the file as it was read travels through the form, which keeps names that it does not know.
const SOURCE = "_source";
const UNREADABLE = "файл не читается: proekt check скажет, что в нём исправить";
// In the failsafe schema of YAML 1.2 (10.1) every scalar is text, as our own reader has it.
const INPUT = { schema: "failsafe" };
const OUTPUT = { lineWidth: 0, flowCollectionPadding: false };

// Return what the form asks of a kind of record: how to read a file of it, and how to write one.
export const formOf = (kind) => ({
  fromFile: (text) => (kind.entries ? readEntries : read)(kind, text),
  toFile: (value) => (kind.entries ? writeEntries : write)(kind, value),
});

function read(kind, text) {
  const file = split(kind, text);
  const body = kind.body ? { [kind.body]: withPictures(kind, file.body) } : {};
  return { ...toForm(kind, file.values), ...body, [SOURCE]: text };
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
  if (kind.marked) {
    return body === file.body && head === file.head ? source : `---\n${head.replace(/\n*$/, "\n")}---\n\n${body}`;
  }
  return body === file.body ? head : changed(kind, head, { name: kind.body }, body ? `${body}\n` : undefined);
}

// A vocabulary is a file of entries by their names; in the form each name is a field of its entry.
function readEntries(kind, text) {
  const { values } = split(kind, text);
  const entries = Object.entries(values).map(([id, each]) => ({ id, ...one(entryOf(kind, id), each) }));
  return { entries, [SOURCE]: text };
}

function writeEntries(kind, { [SOURCE]: source = "", entries = [] }) {
  let { head, values } = split(kind, source);
  const fields = entries.map(({ id }) => entryOf(kind, id));
  for (const name of Object.keys(values).filter((name) => !fields.some((field) => field.name === name))) {
    head = changed(kind, head, { name }, undefined);
  }
  for (const [index, { id, ...value }] of entries.entries()) {
    const [field, old] = [fields[index], values[id]];
    const now = plain(field, value) ?? {};
    if (old && same(now, plain(field, one(field, old)))) continue;
    head = changed({ ...kind, fields }, head, field, now);
  }
  return head;
}

const entryOf = (kind, name) => ({ name, fields: kind.fields, line: [], block: true });

function split(kind, text) {
  const found = kind.marked && /^---[ ]*\n((?:[\s\S]*?\n)?)---[ ]*(?:\n([\s\S]*))?$/.exec(text);
  const head = kind.marked ? (found?.[1] ?? "") : text.replace(/[^\n]$/, "$&\n");
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

function plainly(line) {
  if (/^[\s|:-]*-[\s|:-]*$/.test(line) && line.includes("|")) return `columns: ${line.replace(/[^|]/g, "").length}`;
  const bare = line.replace(/\\(?=[^\w\s])/g, "").replace(/_/g, "*").replace(/^(\s*)[*+] /, "$1- ");
  return bare.replace(/\s+/g, " ").trimEnd();
}

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
  if (index < 0) {
    const order = kind.fields.map((each) => each.name);
    const later = pairs.findIndex((pair) => order.indexOf(String(pair.key)) > order.indexOf(field.name));
    const place = field.name === kind.body || later < 0 ? head.length : withRemarks(head, starts[later]);
    const made = new Document(new YAMLMap(), INPUT);
    made.contents.items.push(new Pair(new Scalar(field.name), node(field, value, 0)));
    return head.slice(0, place) + made.toString(OUTPUT) + head.slice(place);
  }
  const end = withRemarks(head, index + 1 < starts.length ? starts[index + 1] : head.length);
  const [before, after] = [head.slice(0, starts[index]), head.slice(end)];
  if (value === undefined) return before + after;
  const alone = parseDocument(head.slice(starts[index], end), INPUT);
  const [pair] = alone.contents.items;
  pair.value = updated(field, pair.value, value, 0);
  return before + alone.toString(OUTPUT) + after;
}

// Remarks and empty lines above a field belong to it; an indented remark, to the field in which it stands.
const withRemarks = (head, start) => start - /(?:(?<=^|\n)(?:#.*|[ ]*)\n)*$/.exec(head.slice(0, start))[0].length;
