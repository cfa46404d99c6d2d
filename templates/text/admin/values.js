// A record's values as the form has them, and as its file does: a moment and a list of one are lines in a file.

export const ASSETS = "content/assets/";

export function toForm(kind, values) {
  const found = kind.fields.map((field) => {
    const value = values[field.name];
    return [field.name, value === undefined ? (field.several ? undefined : field.default) : shown(field, value)];
  });
  return Object.fromEntries(found.filter(([, value]) => value !== undefined));
}

export function shown(field, value) {
  if (!field.several) return one(field, value);
  return (value === null || value === "" ? [] : Array.isArray(value) ? value : [value]).map((each) => one(field, each));
}

export function one(field, value) {
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

// Return a value as the file has it; undefined where there is none.
export function fromForm(field, value) {
  if (!field.several) return plain(field, value);
  const all = (Array.isArray(value) ? value : []).map((each) => plain(field, each));
  const found = all.filter((each) => each !== undefined);
  return found.length ? found : undefined;
}

export function plain(field, value) {
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

const unform = (field, value) => {
  const found = field.fields.map((each) => [each.name, fromForm(each, value[each.name])]);
  return Object.fromEntries(found.filter(([, each]) => each !== undefined));
};

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

export const isPlain = (value) => value !== null && typeof value === "object" && !Array.isArray(value);

export function same(one, other) {
  return JSON.stringify(sorted(one)) === JSON.stringify(sorted(other));
}

function sorted(value) {
  if (Array.isArray(value)) return value.map(sorted);
  if (!isPlain(value)) return value;
  return Object.fromEntries(Object.keys(value).sort().map((name) => [name, sorted(value[name])]));
}
