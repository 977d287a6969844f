// What a step shows of itself: how far one is, and what became of what was typed.

export function showState(root, state) {
  root.dataset.state = state;
  const isFinished = state === "done" || state === "skipped";
  for (const each of root.querySelectorAll("[data-while]"))
    each.hidden = (each.dataset.while === "finished") !== isFinished;
}

export function say(root, what) {
  for (const each of root.querySelectorAll("[data-say]")) each.hidden = each.dataset.say !== what;
}
