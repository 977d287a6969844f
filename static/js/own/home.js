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
  const question = form.querySelector("[data-ask]");
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    await work?.sendAll();
    const isWaiting = Boolean((await work?.queue.waiting())?.length);
    if (isWaiting && question.hidden) {
      question.hidden = false;
      question.focus();
      return;
    }
    await wipe();
    form.submit();
  });
}
