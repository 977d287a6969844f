// What can come next. The server worked out the order (selfhelp/guidance/domain.py) for every theme and level.

let asked = null;

/** The offer: hours as instants, steps in order. Asked once per page; null without a network and without a copy. */
export function readOffer() {
  asked ??= fetch("/offer.json")
    .then((response) => (response.ok ? response.json() : null))
    .catch(() => null);
  return asked;
}

/** Whether this page is for somebody under 18. */
export const isYoung = () => (document.documentElement.dataset.variant ?? "").includes("young");

/** Step ids, best first; empty when the offer is not known. `level`: low, middle, high or safety. */
export function nextSteps(offer, theme, level, young = false) {
  const lists = offer?.next?.[theme] ?? {};
  const steps = lists[level] ?? lists.middle ?? [];
  if (!young) return steps;
  const isService = (step) => step.startsWith("service:");
  const rank = (step) => Number(!offer.young_first.includes(step));
  const services = steps.filter(isService).sort((a, b) => rank(a) - rank(b));
  return steps.map((step) => (isService(step) ? services.shift() : step));
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
