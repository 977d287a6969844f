// The own first page: sends what waits, says what is not sent yet, and asks before logging out would lose it.

import { wipe } from "./store.js";
import { openWork, sendWhenever } from "./work.js";

const note = document.querySelector("[data-unsent]");
const work = await openWork();

async function showWaiting() {
  if (note) note.hidden = !(await work.queue.waiting()).length;
}

if (work) {
  await showWaiting();
  sendWhenever(work, showWaiting);
}

for (const form of document.querySelectorAll("form[data-logout]")) {
  const [question, draft, away] = ["ask", "draft", "away"].map((name) => form.querySelector(`[data-${name}]`));
  const tell = (note) => {
    note.hidden = false;
    note.focus();
  };
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    await work?.sendAll();
    if (question.hidden && (await work?.holdsMore())) return tell(question);
    if (draft.hidden && (await work?.holdsDraft())) return tell(draft);
    // First out, then emptied: whoever is still logged in must not lose what only this device has.
    const body = new FormData(form);
    const answer = await fetch(form.action, { method: "POST", body }).catch(() => null);
    if (!answer || answer.status >= 500) return tell(away);
    if (!answer.ok) return location.reload(); // this page is of a log-in that is gone: the next one has a token that counts
    await wipe();
    location.replace(answer.url);
  });
}
