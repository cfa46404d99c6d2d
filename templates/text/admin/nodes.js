// The nodes of YAML: what a field says anew, with as much of its old spelling as says the same.
import { fromForm, isPlain, one, plain, same, shown } from "./values.js";
import { Pair, Scalar, YAMLMap, YAMLSeq, isMap, isScalar, isSeq } from "./yaml/index.js";

const WIDTH = 110;
// As generator/new/writing.py has it: programs read these as something else than text; ours does not.
const AMBIGUOUS = new RegExp(
  "^(y|n|yes|no|on|off|true|false|~|null|[-+]?\\.?\\d[\\d_,.:eE+-]*|[-+]?0[xob][\\da-f_]+|[-+]?\\.(inf|nan)" +
    "|\\d{4}-\\d\\d?-\\d\\d?.*)$",
  "i",
);

// Return a node that says the value: the old one as far as it says the same.
export function updated(field, old, value, depth) {
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
    else if (!same(fromForm(inner, shown(inner, before[name])), now)) {
      pair.value = updated(inner, pair.value, now, depth + 1);
    }
  }
  const ours = new Set([...known.keys(), ...(field.keys ?? []), ...(field.own ?? [])]);
  old.items = old.items.filter(({ key }) => String(key) in value || !ours.has(String(key)));
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

export function node(field, value, depth) {
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
    const line = Object.entries(value).map((each) => each.join(": "));
    map.flow = row && !field.block && `${field.name}: {${line.join(", ")}}`.length + 2 * depth < WIDTH;
    return map;
  }
  const scalar = new Scalar(value);
  scalar.type = value.includes("\n") ? Scalar.BLOCK_LITERAL : Scalar.PLAIN;
  if (field.words && AMBIGUOUS.test(value)) scalar.type = Scalar.QUOTE_DOUBLE;
  return scalar;
}
