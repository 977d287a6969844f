// What was changed and not sent yet: one box per step, {sending, pending, bases, faulty}. Pure but for the store and the
// network it is given, so that it runs in its tests without a browser.

const KIND = "queue";
// And what the answer calls so: refused again and again, it stays typed, to be copied
const REFUSED = new Set([404, 413]);
const nothing = () => ({ sending: null, pending: null, bases: {}, faulty: {} });

/** A queue over `store`; `send(step, change)` resolves to {status, body}, or throws when there is no network. */
export function openQueue(store, owner, send, newId = freshId, now = Date.now) {
  const turn = turns();

  /** Notes changed fields ({name: [value or null, revision it was read from]}) and perhaps a state, with when it was said. */
  function note(step, { values = {}, state, stuck, seen }) {
    return turn(async () => {
      const box = (await store.read(KIND, step)) ?? nothing();
      const pending = box.pending ?? { values: {} };
      for (const [name, [value, base]] of Object.entries(values)) {
        pending.values[name] = [value, pending.values[name]?.[1] ?? box.bases[name] ?? base];
        delete box.faulty[name];
      }
      if (state || !pending.state) pending.at = now();
      // What stood before one's eyes when this device first said something is what the server knows of.
      if (state)
        Object.assign(pending, { state, stuck: stuck ?? null, seen: (pending.state ? pending.seen : seen) ?? null });
      await store.write(KIND, step, { ...box, pending });
    });
  }

  /** Sends what waits, step by step; resolves to {answers, trouble}. Each answer is `heard` before its change is forgotten. */
  async function flush(heard = async () => {}) {
    const answers = {};
    let trouble = null;
    try {
      for (const [step] of await store.all(KIND)) {
        for (let change = await take(step); change; change = await take(step)) {
          const { at, ...told } = change;
          const ago = Math.max(0, Math.round((now() - at) / 1000)) || 0;
          const { status, body } = await send(step, { ...told, owner, ago });
          if (status === 401 || status === 409) throw new Locked();
          // One step that the server cannot take must not hold up all the others.
          if (status === 200) answers[step] = together(answers[step], change, body);
          else trouble = new Error(`${step}: ${status}`);
          if (status === 200) await heard(step, body);
          if (status === 200) await settle(step, change, body);
          else if (REFUSED.has(status) || body?.refused) await settle(step, change, { faults: change.values });
          else break;
        }
      }
    } catch (error) {
      trouble = error;
    }
    return { answers, trouble };
  }

  // What is on its way keeps its id until an answer came: the server counts it once, however often it is sent.
  function take(step) {
    return turn(async () => {
      const box = await store.read(KIND, step);
      if (!box) return null;
      if (!box.sending && box.pending) {
        Object.assign(box, { sending: { ...box.pending, id: newId() }, pending: null });
        await store.write(KIND, step, box);
      }
      return box.sending;
    });
  }

  function settle(step, change, { revision, faults = {}, stuck, seen }) {
    return turn(async () => {
      const box = await store.read(KIND, step);
      for (const [name, [value]] of Object.entries(change.values)) {
        if (revision) box.bases[name] = revision;
        if (!box.pending?.values[name]) {
          if (name in faults) box.faulty[name] = value;
        } else if (revision) box.pending.values[name][1] = revision;
      }
      const isMine = stuck && stuck.words === change.stuck?.words && stuck.reason === change.stuck.reason;
      if (isMine && box.pending?.state) box.pending.seen = seen;
      box.sending = null;
      if (box.pending || Object.keys(box.faulty).length) await store.write(KIND, step, box);
      else await store.remove(KIND, step);
    });
  }

  /** What is typed and not kept by the server yet, per field of a step: to be shown over what the server knows. */
  async function typed(step) {
    const box = (await store.read(KIND, step)) ?? nothing();
    const fields = { ...box.sending?.values, ...box.pending?.values };
    return { ...box.faulty, ...Object.fromEntries(Object.entries(fields).map(([name, [value]]) => [name, value])) };
  }

  /** How far one said to be where the server does not know it yet: {step: {state, stuck}}; state is null for fields only. */
  async function said() {
    const told = (await store.all(KIND)).map(([step, { sending, pending }]) => {
      const { state = null, stuck = null } = [pending, sending].find((each) => each?.state) ?? {};
      return [step, { state, stuck }];
    });
    return Object.fromEntries(told);
  }

  /** The steps of which something waits to be sent. */
  async function waiting() {
    const boxes = await store.all(KIND);
    return boxes.filter(([, box]) => box.sending || box.pending).map(([step]) => step);
  }

  /** Whether something is on this device only: what waits, and what the server could not read. */
  const holdsMore = async () => (await store.all(KIND)).length > 0;

  return { note, flush, typed, said, waiting, holdsMore };
}

// Several changes of one step may go in one turn: a fault of the first is none the less a fault, unless a later one mended it.
function together(before, { values }, body) {
  const faults = Object.entries(before?.faults ?? {}).filter(([name]) => !(name in values));
  return {
    ...body,
    sent: [...(before?.sent ?? []), ...Object.keys(values)],
    faults: { ...Object.fromEntries(faults), ...body.faults },
  };
}

/** This log-in is over, or it is somebody else's: nothing may be sent. */
export class Locked extends Error {}

// One change of a box after the other: opening and sealing take a while, and nothing may come between.
function turns() {
  let last = Promise.resolve();
  const here = (use) => {
    const next = last.then(use, use);
    last = next.catch(() => {});
    return next;
  };
  const { locks } = globalThis.navigator ?? {};
  return locks ? (use) => locks.request("work-box", use) : here;
}

/** A fresh id; Safari before 15.4 and Chrome before 92 cannot make one by themselves. */
export function freshId() {
  if (crypto.randomUUID) return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((each) => each.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}
