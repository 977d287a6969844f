// What a device keeps for somebody who logged in: sealed, under a key that cannot leave this browser, one per owner.
// What another owner left behind is neither read nor sent. A device that is shared keeps nothing: there it is memory only.

export const NAME = "work";
// As long as a log-in lives without a sign of life: selfhelp/accounts/domain.py
const IDLE_DAYS = 7;
const FORGET_DAYS = 60;
const DAY = 24 * 3600 * 1000;

/** The store of one owner: read(kind, key), write(kind, key, value), remove(kind, key), all(kind) -> [[key, value]]. */
export async function openStore(owner) {
  try {
    if (owner) return await sealedStore(await openDatabase(), owner);
    await lock();
  } catch {
    // Storage is blocked or full: typing must work all the same.
  }
  return (await import("./memory.js")).memoryStore();
}

/** Who worked here last, if that log-in still counts without asking the server; null otherwise. */
export async function ownerHere() {
  try {
    if (!(await isThere())) return null;
    const last = await ask((await openDatabase()).transaction("owners").objectStore("owners").get(""));
    return last && Date.now() - last.seenAt < IDLE_DAYS * DAY ? last.owner : null;
  } catch {
    return null;
  }
}

/** The server did not know this log-in any more: what was kept waits for the next one, and is not shown. */
export async function lock() {
  if (await isThere()) await change(await openDatabase(), ["owners"], ({ owners }) => owners.delete(""));
}

async function sealedStore(database, owner) {
  const now = Date.now();
  const key = await keyOf(database, owner, now);
  const at = (kind, name) => `${owner}/${kind}/${name}`;
  const open = async ({ iv, box }) =>
    JSON.parse(new TextDecoder().decode(await crypto.subtle.decrypt({ name: "AES-GCM", iv }, key, box)));
  return {
    isKept: true,
    read: async (kind, name) => {
      const found = await ask(database.transaction("boxes").objectStore("boxes").get(at(kind, name)));
      return found ? open(found) : null;
    },
    write: async (kind, name, value) => {
      const iv = crypto.getRandomValues(new Uint8Array(12));
      const box = await crypto.subtle.encrypt(
        { name: "AES-GCM", iv },
        key,
        new TextEncoder().encode(JSON.stringify(value)),
      );
      // In one go with the key: who logged out meanwhile, in another tab, took it along, and nothing may come back.
      await change(database, ["boxes", "owners"], ({ boxes, owners }) => {
        owners.get(owner).onsuccess = ({ target }) => {
          if (target.result) boxes.put({ at: at(kind, name), iv, box });
          else target.transaction.abort();
        };
      });
    },
    remove: (kind, name) => change(database, ["boxes"], ({ boxes }) => boxes.delete(at(kind, name))),
    all: async (kind) => {
      const range = IDBKeyRange.bound(at(kind, ""), at(kind, "\uffff"));
      const found = await ask(database.transaction("boxes").objectStore("boxes").getAll(range));
      const opened = found.map((each) =>
        open(each).then(
          (value) => [[each.at.slice(at(kind, "").length), value]],
          () => [],
        ),
      );
      // One that does not open must not keep the others shut
      return (await Promise.all(opened)).flat();
    },
  };
}

// Looked up and put in one transaction: two pages that open at the same moment must end up with the same key.
async function keyOf(database, owner, now) {
  const fresh = await crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
  let key = fresh;
  await change(database, ["owners", "boxes"], ({ owners: store, boxes }) => {
    store.getAll().onsuccess = ({ target }) => {
      key = target.result.find((each) => each.id === owner)?.key ?? fresh;
      store.put({ id: owner, key, seenAt: now });
      store.put({ id: "", owner, seenAt: now });
      // Whoever stayed away long leaves nothing; without its key nobody could open a box anyway.
      for (const { id, seenAt } of target.result) {
        if (!id || now - seenAt <= FORGET_DAYS * DAY) continue;
        store.delete(id);
        boxes.delete(IDBKeyRange.bound(`${id}/`, `${id}/\uffff`));
      }
    };
  });
  return key;
}

/** Whether it is there: looking must not make it. */
export async function isThere() {
  const all = await indexedDB.databases?.();
  return !all || all.some(({ name }) => name === NAME);
}

export function openDatabase() {
  if (hasLeft()) return Promise.reject(new Error("left"));
  const asked = indexedDB.open(NAME, 1);
  asked.onupgradeneeded = () => {
    asked.result.createObjectStore("owners", { keyPath: "id" });
    asked.result.createObjectStore("boxes", { keyPath: "at" });
  };
  return ask(asked).then((database) => {
    // Logging out in another tab must not wait for this one
    database.onversionchange = () => database.close();
    return database;
  });
}

// By the quick exit (exit.js), which removed everything: what is still running here must not begin it anew.
function hasLeft() {
  try {
    return "left" in sessionStorage;
  } catch {}
}

export function ask(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

/** Changes these object stores in one go: `use` gets them by name. Rejects when it was aborted. */
export function change(database, names, use) {
  return new Promise((resolve, reject) => {
    const transaction = database.transaction(names, "readwrite");
    transaction.oncomplete = () => resolve();
    transaction.onerror = transaction.onabort = () => reject(transaction.error ?? new Error("gone"));
    use(Object.fromEntries(names.map((name) => [name, transaction.objectStore(name)])));
  });
}
