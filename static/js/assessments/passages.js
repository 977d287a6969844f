// What an outcome shows. Pure; twin of `passages` in selfhelp/assessments/domain.py. Keys: docs/device.md.

/** From kept names and values (text) to answers in item order and context; what this version does not offer is dropped. */
export function readKept(spec, kept) {
  const answers = spec.items.map(({ id, codes }) => {
    const code = codes.find((each) => String(each) === kept[id]);
    return typeof code === "number" ? code : null;
  });
  const told = Object.entries(spec.scoring.context ?? {}).filter(([key, { values }]) => values.includes(kept[key]));
  return {
    answers,
    context: Object.fromEntries(told.map(([key]) => [key, kept[key]])),
    isEmpty: !spec.items.some(({ id, codes }) => codes.map(String).includes(kept[id])),
  };
}

/** The set of keys that `data-when` may name. */
export function passages(spec, outcome) {
  const keys = new Set();
  const scales = Object.entries(outcome.scales);
  for (const [id, { score, band }] of scales) {
    const reading = score === null ? "-" : ((spec.bands_shown === false ? null : band) ?? "*");
    keys.add(`${id}:${reading}`);
  }
  for (const [id, raised] of Object.entries(outcome.flags)) keys.add(`flag:${id}:${raised}`);
  if (outcome.help !== false) keys.add(outcome.help ? "help" : "help-unknown");
  if (scales.some(([, { missing }]) => missing)) keys.add("unanswered");
  return keys;
}

/** A score as people write it: 2.83 is 2,83 in Dutch and French. Twin of `written` in assessments/presentation.py. */
export function written(number, decimals, language) {
  const text = number.toFixed(decimals);
  return language === "en" ? text : text.replace(".", ",");
}

/** Where a score stands on a line of `width`, to one decimal. The three may be text, as in data attributes. */
export function place(number, { from, to, width }) {
  const share = (number - Number(from)) / (Number(to) - Number(from));
  return Math.round(share * Number(width) * 10) / 10;
}
