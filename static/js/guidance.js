// What can come next. The server worked out the order (selfhelp/guidance/domain.py) for every theme and level.

let asked = null;

/** The offer: hours as instants, steps in order. Asked once per page; null without a network and without a copy. */
export function readOffer() {
  asked ??= fetch("/offer.json")
    .then((response) => (response.ok ? response.json() : null))
    .catch(() => null);
  return asked;
}

/** Step ids, best first; empty when the offer is not known. `level`: low, middle, high or safety. */
export function nextSteps(offer, theme, level) {
  const lists = offer?.next?.[theme] ?? {};
  return lists[level] ?? lists.middle ?? [];
}

/** Puts the cards of `list` in the order of `steps` and hides the others. Without steps all stay as the server put them. */
export function arrange(list, steps) {
  if (!steps.length) return;
  const cards = new Map([...list.children].map((card) => [card.dataset.step, card]));
  for (const card of cards.values()) card.hidden = true;
  for (const step of steps) {
    const card = cards.get(step);
    if (!card) continue;
    card.hidden = false;
    list.append(card);
  }
}
