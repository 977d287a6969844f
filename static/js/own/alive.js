// Whoever fills in a long form is there: every few minutes of typing are a sign of life, so that the log-in does not end
// in the middle of a talk.

const EVERY = 5 * 60 * 1000;
let last = Date.now();

document.addEventListener("input", () => {
  if (Date.now() - last < EVERY) return;
  last = Date.now();
  fetch("/my/alive").catch(() => {});
});
