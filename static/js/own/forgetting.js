// What stays behind on a device when somebody logs out: nothing, but for what only this device has of somebody else.

import { ask, change, isThere, NAME, openDatabase } from "./store.js";

const COPIES = "kept"; // of what the server has: the only kind that can go without asking its owner

/** Whether somebody else's work waits here: what only this device has. */
export async function othersWait(owner) {
  if (!(await isThere())) return false;
  const all = await ask((await openDatabase()).transaction("boxes").objectStore("boxes").getAllKeys());
  return all.some((at) => isOnlyHere(at, owner));
}

/** After logging out nothing stays behind; but for what only this device has of somebody else, sealed under their key. */
export async function forget(owner) {
  if (!(await othersWait(owner))) return removeDatabase();
  const keep = (at) => isOnlyHere(at, owner);
  await change(await openDatabase(), ["boxes", "owners"], ({ boxes, owners }) => {
    boxes.getAllKeys().onsuccess = ({ target }) => {
      const kept = new Set(target.result.filter(keep).map((at) => at.split("/")[0]));
      for (const at of target.result) if (!keep(at)) boxes.delete(at);
      owners.getAllKeys().onsuccess = (found) => {
        for (const id of found.target.result) if (!kept.has(id)) owners.delete(id);
      };
    };
  });
}

function isOnlyHere(at, owner) {
  const [whose, kind] = at.split("/");
  return whose !== owner && kind !== COPIES;
}

function removeDatabase() {
  return new Promise((resolve) => {
    const asked = indexedDB.deleteDatabase(NAME);
    asked.onsuccess = asked.onerror = asked.onblocked = resolve;
  });
}
