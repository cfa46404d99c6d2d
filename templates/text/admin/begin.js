"use strict";
// The form is started by start.js, once it knows how our records are written.
window.CMS_MANUAL_INIT = true;
// Russian from the first visit, whatever the browser's own language is.
const KEY = "sveltia-cms.prefs";
try {
  const chosen = JSON.parse(localStorage.getItem(KEY) || "{}");
  localStorage.setItem(KEY, JSON.stringify({ locale: "ru", ...chosen }));
} catch {
  // Without a memory of its own the browser asks for its language; the form works as well.
}
// Until its Russian words have come, the form speaks English: it is shown with them, or when they fail to come.
const waiting = document.documentElement.classList;
const show = () => setTimeout(() => waiting.remove("waiting"), 100);
const ask = window.fetch;
waiting.add("waiting");
setTimeout(show, 10_000);
window.fetch = async (...asked) => {
  const isOfWords = String(asked[0]?.url ?? asked[0]).includes("/locales/");
  try {
    return await ask(...asked);
  } finally {
    if (isOfWords) show();
  }
};
