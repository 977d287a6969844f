// Leaving at once, and leaving no trail. Classic and first in <head>: it must not wait for anything else.
{
  const root = document.documentElement;
  const EXIT = "#quick-exit, .quick-exit";
  const PRESSES = 3;
  const WITHIN = 5000;

  // Storage may be blocked; that must never stop somebody from leaving.
  const remember = (use) => {
    try {
      return use(sessionStorage);
    } catch {
      return null;
    }
  };

  const hide = () => {
    root.hidden = true;
    root.setAttribute("data-gone", "");
  };

  const unhide = () => {
    root.hidden = false;
    root.removeAttribute("data-gone");
  };

  const say = (words) => {
    const says = document.getElementById("exit-says");
    if (says) says.textContent = says.dataset[words] ?? "";
  };

  // Takes the content away instead of hiding the page, so that the announcement can still be heard. A page that is
  // still arriving would fill itself again: that one is hidden.
  const blank = () => {
    document.title = "…";
    const says = document.getElementById("exit-says");
    if (document.readyState === "loading" || !says) hide();
    for (const each of [...(document.body?.children ?? [])]) if (each !== says) each.remove();
    say("announce");
    window.speechSynthesis?.cancel();
  };

  const go = (target) => {
    location.replace(navigator.onLine === false ? "/left" : target);
  };

  // What this device keeps of a person goes first. That takes a moment, and is not waited for longer than that.
  const empty = (then) => {
    const late = setTimeout(then, 200);
    const gone = indexedDB.deleteDatabase("work");
    gone.onsuccess = gone.onerror = () => {
      clearTimeout(late);
      then();
    };
  };

  // The server ends the session of this browser, if there is one. Nobody waits for its answer.
  const logOut = () => {
    const isOwn = !root.hasAttribute("data-variant") || location.pathname.startsWith("/my/");
    navigator.sendBeacon?.(isOwn ? "/leave" : "/leave?public");
  };

  const leave = (link) => {
    const target = link?.dataset.exit || link?.href || "/left";
    try {
      blank();
      remember((session) => {
        session.clear();
        session.setItem("left", target);
      });
      logOut();
      empty(() => go(target));
    } catch {
      go(target);
    }
  };

  // Back brings an older page of ours: it must not show. The flag holds the way out, as there is no link to read yet.
  const leaveAgain = () => {
    const target = remember((session) => session.getItem("left"));
    if (!target) return false;
    hide();
    document.title = "…";
    go(target);
    return true;
  };

  const entry = performance.getEntriesByType?.("navigation")[0];
  const cameBack = entry ? /back_forward|reload/.test(entry.type) : performance.navigation?.type > 0;
  if (!cameBack) remember((session) => session.removeItem("left"));
  else leaveAgain();

  // Hidden before the browser sets the page aside, so that it comes back hidden, and shows only if nobody has left.
  addEventListener("pagehide", hide);
  addEventListener("pageshow", (event) => {
    if (event.persisted && !leaveAgain()) unhide();
  });

  document.addEventListener(
    "click",
    (event) => {
      const link = event.target.closest?.(EXIT);
      if (!link) return;
      event.preventDefault();
      event.stopPropagation();
      leave(link);
    },
    true,
  );

  // One history entry for the whole visit. Hash links, new tabs and other sites stay ordinary.
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("a[href]");
    if (!link || link.origin !== location.origin || link.target || link.hasAttribute("download")) return;
    if (event.defaultPrevented || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey)
      return;
    if (link.hash && link.pathname === location.pathname && link.search === location.search) return;
    if (!root.hasAttribute("data-variant")) return; // only public pages are marked so
    event.preventDefault();
    location.replace(link.href);
  });

  // Shift, three times, by itself: as part of a capital letter or a shortcut it does not count.
  let alone = false;
  let pressed = [];
  addEventListener("keydown", (event) => {
    const bare = event.key === "Shift" && !event.ctrlKey && !event.altKey && !event.metaKey;
    if (!bare) pressed = [];
    alone = bare && (alone || !event.repeat);
  });
  addEventListener("pointerdown", () => {
    alone = false;
  });
  addEventListener("keyup", (event) => {
    if (event.key !== "Shift" || !alone) return;
    alone = false;
    pressed = [...pressed.filter((at) => event.timeStamp - at < WITHIN), event.timeStamp];
    if (pressed.length >= PRESSES) leave(document.querySelector(EXIT));
    else if (pressed.length === PRESSES - 1) say("again");
  });
}
