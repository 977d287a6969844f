// A test in progress lives in this tab's session and nowhere else: gone at exit, with the tab, or after 30 idle minutes.

export const IDLE = 30 * 60 * 1000;
const TOUCH = 20 * 1000;

/** Keeps {v: version, a: {name: value}, i: index, at: last sign of life} under "t.<slug>". */
export function openStore(slug, session = tabSession(), now = Date.now) {
  const key = `t.${slug}`;

  function read() {
    try {
      const kept = JSON.parse(session.getItem(key));
      return kept && typeof kept.a === "object" && kept.a ? kept : null;
    } catch {
      return null;
    }
  }

  // A clock that was set back must not keep answers alive: an `at` in the future is as old as it is far.
  const isOver = (kept) => !(Math.abs(now() - kept.at) < IDLE);
  const forget = () => session?.removeItem(key);
  const write = (kept) => session?.setItem(key, JSON.stringify({ ...kept, at: now() }));

  return {
    works: canWrite(session),
    forget,
    write,
    read: () => {
      const kept = read();
      return kept && !isOver(kept) ? kept : null;
    },
    /** Removes what has been idle too long; true if there was something. */
    expire: () => {
      const kept = read();
      if (!kept || !isOver(kept)) return false;
      forget();
      return true;
    },
    /** A sign of life. Never revives what is over, nor what an exit has removed. */
    touch: () => {
      const kept = read();
      if (kept && !isOver(kept) && now() - kept.at > TOUCH) write(kept);
    },
  };
}

/** Calls `gone` once the kept answers have been idle too long, also when the device wakes up. */
export function watchIdle(store, gone) {
  const check = () => store.expire() && gone();
  for (const sign of ["pointerdown", "keydown", "scroll"]) addEventListener(sign, store.touch, { passive: true });
  document.addEventListener("visibilitychange", check);
  addEventListener("pageshow", check);
  setInterval(check, TOUCH);
}

function tabSession() {
  try {
    return sessionStorage;
  } catch {
    return null;
  }
}

function canWrite(session) {
  try {
    session.setItem("t", "");
    session.removeItem("t");
    return true;
  } catch {
    return false;
  }
}
