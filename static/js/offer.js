// The organisation's offer as data: hours as instants, and the order of next steps. The worker keeps a copy.

let asked = null;

/** Asks once per page; null when there is neither a network nor a copy. */
export function readOffer() {
  asked ??= fetch("/offer.json")
    .then((response) => (response.ok ? response.json() : null))
    .catch(() => null);
  return asked;
}
