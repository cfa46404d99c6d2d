// Starts the form: what a record looks like is told by config.json, how it is written by records.js.
import { formOf } from "./records.js";

const told = async (name) => (await fetch(name)).json();
const [config, kinds, picture] = await Promise.all(["config.json", "kinds.json", "picture.json"].map(told));
for (const kind of kinds) window.CMS.registerCustomFormat(kind.format, kind.extension, formOf(kind));
// A picture in a text, as Sveltia has it, but for a title; what is on it is demanded by the pattern of the text.
window.CMS.registerEditorComponent({
  id: "picture",
  label: picture.label,
  icon: "image",
  fields: [
    { name: "src", label: picture.src, widget: "image", choose_url: false },
    { name: "alt", label: picture.alt, widget: "string" },
  ],
  pattern: /^!\[(?<alt>[^\]]*)\]\((?<src>[^)\s]+)\)$/m,
  toBlock: ({ src, alt }) => `![${alt ?? ""}](${src ?? ""})`,
  toPreview: ({ src, alt }) => {
    // What is not on this computer alone stands on the site already.
    const shown = (src ?? "").replace(/^\/content\//, "../");
    return Object.assign(document.createElement("img"), { src: shown, alt: alt ?? "" }).outerHTML;
  },
});
window.CMS.init({ config: { ...config, load_config_file: false } });
