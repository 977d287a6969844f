// Without a network, the trainings that this device keeps; what waits goes as soon as there is one again.

import { loadAgain, showNotes } from "./notes.js";
import { openWork, sendWhenever } from "./work.js";

export async function begin() {
  const work = await openWork();
  if (!work) return null;
  const kept = new Set((await work.store.all("kept")).map(([module]) => module));
  for (const each of document.querySelectorAll("[data-training]")) each.hidden = !kept.has(each.dataset.training);
  await showNotes(work);
  sendWhenever(work, async ({ said }) => {
    await showNotes(work);
    if (said === "kept") loadAgain(); // there is a network: this is the own page again
  });
  return work;
}
