// What was changed and not sent yet: one box per step, {sending, pending, bases, faulty}. Pure but for the store and the
// network it is given, so that it runs in its tests without a browser.

const KIND = "queue";
const REFUSED = new Set([404, 413]); // and what the answer calls so: refused again and again, it stays typed, to be copied
const nothing = () => ({ sending: null, pending: null, bases: {}, faulty: {} });

/** A queue over `store`; `send(step, change)` resolves to {status, body}, or throws when there is no network. */
export function openQueue(store, owner, send, newId = () => crypto.randomUUID()) {
  const turn = turns();

  /** Notes changed fields ({name: [value or null, revision it was read from]}) and perhaps a state. */
  function note(step, { values = {}, state, stuck }) {
    return turn(async () => {
      const box = (await store.read(KIND, step)) ?? nothing();
      const pending = box.pending ?? { values: {} };
      for (const [name, [value, base]] of Object.entries(values)) {
        pending.values[name] = [value, pending.values[name]?.[1] ?? box.bases[name] ?? base];
        delete box.faulty[name];
      }
      if (state) Object.assign(pending, { state, stuck: stuck ?? null });
      await store.write(KIND, step, { ...box, pending });
    });
  }

  /** Sends what waits, step by step; resolves to {step: answer}. Throws what `send` throws: the rest waits. */
  async function flush() {
    const answers = {};
    let trouble = null;
    for (const [step] of await store.all(KIND)) {
      for (let change = await take(step); change; change = await take(step)) {
        const { status, body } = await send(step, { ...change, owner });
        if (status === 401 || status === 409) throw new Locked();
        if (status === 200) answers[step] = together(answers[step], change, body);
        // One step that the server cannot take must not hold up all the others.
        else trouble = new Error(`${step}: ${status}`);
        if (status === 200) await settle(step, change, body);
        else if (REFUSED.has(status) || body?.refused) await settle(step, change, { faults: change.values });
        else break;
      }
    }
    if (trouble) throw trouble;
    return answers;
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

  function settle(step, change, { revision, faults = {} }) {
    return turn(async () => {
      const box = await store.read(KIND, step);
      for (const [name, [value]] of Object.entries(change.values)) {
        if (revision) box.bases[name] = revision;
        if (!box.pending?.values[name]) {
          if (name in faults) box.faulty[name] = value;
        } else if (revision) box.pending.values[name][1] = revision;
      }
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

  /** The steps of which something waits to be sent. */
  async function waiting() {
    const boxes = await store.all(KIND);
    return boxes.filter(([, box]) => box.sending || box.pending).map(([step]) => step);
  }

  /** Whether something is on this device only: what waits, and what the server could not read. */
  const holdsMore = async () => (await store.all(KIND)).length > 0;

  return { note, flush, typed, waiting, holdsMore };
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
