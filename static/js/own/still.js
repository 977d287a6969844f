// A page of somebody's file that stands open: when it may not be read any more, its words go.
const gone = document.querySelector("#gone");
const EVERY = 60_000;

async function ask() {
  if (document.hidden) return;
  let answer;
  try {
    answer = await fetch(gone.dataset.still, { headers: { Accept: "application/json" }, cache: "no-store" });
  } catch {
    return; // no network: what stands here was read already, and nothing new comes
  }
  if (![401, 403, 404].includes(answer.status)) return;
  for (const each of [...gone.parentElement.children]) if (each !== gone) each.remove();
  gone.hidden = false;
  gone.focus();
}

if (gone) {
  setInterval(ask, EVERY);
  document.addEventListener("visibilitychange", ask);
  addEventListener("pageshow", (event) => event.persisted && ask());
}
