// Without a network, the trainings that this device keeps.

import { openWork } from "./work.js";

export async function begin() {
  const work = await openWork();
  if (!work) return null;
  const kept = new Set((await work.store.all("kept")).map(([module]) => module));
  for (const each of document.querySelectorAll("[data-training]")) each.hidden = !kept.has(each.dataset.training);
  return work;
}
