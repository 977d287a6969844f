// The own first page: sends what waits, says what is not sent yet, and has the trainings of its owner kept for later.

import { loadAgain, showNotes } from "./notes.js";
import { keepPages, openWork, sendWhenever } from "./work.js";

const work = await openWork();

if (work) {
  await showNotes(work);
  keepPages(work, ...[...document.querySelectorAll("[data-keep]")].map((each) => each.dataset.keep));
  // What was just sent may have changed what this page says.
  sendWhenever(work, async ({ answers, gone }) => {
    await showNotes(work);
    if (Object.keys(answers).length || gone.length) loadAgain();
  });
}
for (const form of document.querySelectorAll("form[data-logout]"))
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const logOut = await import("./logout.js").then((found) => found.logOut).catch(() => null);
    if (logOut) return logOut(form, work);
    form.querySelector("[data-away]").hidden = false; // no network, and no copy of that script
  });
