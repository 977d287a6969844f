// Which items need no answer. Conditions look at given answers only, so that one skip never triggers another.

/** Returns the ids of the items that `rules` let somebody skip. `given`: item id -> answer code, answered items only. */
export function skippedItems(rules = [], given = {}) {
  const skipped = new Set();
  for (const { when, skip } of rules) {
    const codes = when.sum.map((id) => given[id]);
    const known = codes.every((code) => code !== undefined);
    if (known && codes.reduce((total, code) => total + code, 0) === when.equals) {
      for (const id of skip) if (given[id] === undefined) skipped.add(id);
    }
  }
  return skipped;
}
