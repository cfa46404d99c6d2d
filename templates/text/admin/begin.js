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
