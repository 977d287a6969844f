// Pictures that their owner said to send, and that wait for a network.

import { Locked } from "./queue.js";

/** A box holds {id, picture, until, isWanted, refused}; its name says training, step and exercise. */
export const KIND = "photo";

const PATIENCE = 60_000;
const REFUSED = new Set([404, 413]);

/** Sends every picture that waits; `send(name, box)` resolves to {status, body}. Resolves to {gone, trouble}. */
export async function sendPictures(store, send) {
  const gone = [];
  let trouble = null;
  for (const [name, box] of await store.all(KIND)) {
    if (!box.isWanted) continue;
    try {
      const { status, body } = await send(name, box);
      if (status === 401 || status === 409) throw new Locked();
      const refused = body?.refused ?? (REFUSED.has(status) ? "unreadable" : null);
      if (status === 200) gone.push(name);
      else if (!refused) throw new Error(`${name}: ${status}`);
      const now = await store.read(KIND, name); // another one may have been chosen meanwhile
      if (now?.id !== box.id) continue;
      // Refused again and again it would wait for ever: it stays here, and its owner is told why.
      if (refused) await store.write(KIND, name, { ...box, isWanted: false, refused });
      else await store.remove(KIND, name);
    } catch (error) {
      trouble = error;
      if (error instanceof Locked) break;
    }
  }
  return { gone, trouble };
}

/** What sends one picture of an owner; `post(owner, address, {body}, patience)` resolves to {status, body}. */
export const pictureSender =
  (owner, post) =>
  (name, { id, picture, until = "" }) => {
    const [module, step, exercise] = name.split("/");
    const body = new FormData();
    for (const [key, value] of Object.entries({ id, owner, until, picture: asFile(picture) })) body.set(key, value);
    return post(owner, `/my/trainings/${module}/${step}/photo/${exercise}`, { body }, PATIENCE);
  };

export const asFile = (base64) =>
  new Blob([Uint8Array.from(atob(base64), (each) => each.charCodeAt(0))], { type: "image/jpeg" });
