// Scores answers on the device. Twin of selfhelp/instruments/domain/scoring.py; the fields mean what selftests/README.md
// says. Only whole numbers until the single rounding, half up, at the end: both twins must agree on every answer.

import { skippedItems } from "./skipping.js";

const LEVELS = ["low", "middle", "high"];

/** `answers` in item order, null = unanswered. Returns {scales, flags, complete, help, level}. */
export function score(spec, answers, context = {}) {
  const { scoring, safety = [] } = spec;
  const items = new Map(spec.items.map((item) => [item.id, item]));
  const given = givenAnswers(spec.items, answers);
  const told = toldContext(scoring.context, context);
  const values = { ...given };
  for (const id of skippedItems(scoring.skip, given)) values[id] = Math.min(...codesOf(items.get(id)));
  const scales = {};
  for (const [id, scale] of Object.entries(scoring.scales)) {
    scales[id] = scale.method === "from" ? lookUp(scale, scales[scale.from], told) : compute(scale, items, values);
  }
  const flags = {};
  for (const [id, flag] of Object.entries(scoring.flags ?? {})) {
    flags[id] = isRaised(flag.scale ? scales[flag.scale].score : given[flag.item], lineOf(flag.at_least, told));
  }
  const help = needsHelp(safety, given);
  const complete = Object.values(scales).every((each) => each.score !== null);
  return { scales, flags, complete, help, level: help ? "safety" : levelOf(scoring, scales, flags) };
}

// "unclear" is an answer on the form that counts as none.
const codesOf = (item) => item.codes.filter((code) => code !== "unclear");

function givenAnswers(items, answers) {
  const given = {};
  items.forEach((item, index) => {
    if (Number.isInteger(answers[index])) given[item.id] = answers[index];
  });
  return given;
}

function toldContext(keys = {}, context = {}) {
  return Object.fromEntries(Object.entries(keys).map(([key, each]) => [key, context[key] || each.default || null]));
}

function compute(scale, items, values) {
  const answered = scale.items.filter((id) => values[id] !== undefined);
  const missing = scale.items.length - answered.length;
  if (!answered.length || missing > (scale.missing?.allow ?? 0)) return scored(scale, null, missing, false);
  const prorated = missing > 0 && scale.missing.fill === "person-mean";
  const sum = answered.reduce((total, id) => total + count(scale, items.get(id), values[id]), 0);
  // score = top / bottom: a sum filled by the person's mean, or a mean over what counts (zeros count, gaps do not).
  let [top, bottom] = [sum, 1];
  if (scale.method === "mean") bottom = prorated ? answered.length : scale.items.length;
  else if (prorated) [top, bottom] = [sum * scale.items.length, answered.length];
  return scored(scale, halfUp(top * (scale.times ?? 1), bottom, scale.decimals ?? 0), missing, prorated);
}

function count(scale, item, code) {
  if (scale.dichotomise) return scale.dichotomise[item.id].includes(code) ? 1 : 0;
  if (!scale.reverse?.includes(item.id)) return code;
  const codes = codesOf(item);
  return Math.min(...codes) + Math.max(...codes) - code;
}

/** Rounds top / bottom to `decimals` places, a half upwards. All arguments whole, bottom > 0. */
export function halfUp(top, bottom, decimals) {
  const power = 10 ** decimals;
  return Math.floor((2 * top * power + bottom) / (2 * bottom)) / power;
}

function lookUp(scale, source, told) {
  const row = scale.table?.rows[scale.table.by.map((key) => told[key] ?? "").join("/")];
  const found = source.score === null ? null : (row?.[source.score] ?? null);
  return scored(scale, found, source.missing, found !== null && source.prorated);
}

const stretchesAt = (stretches = [], number) => stretches.filter((each) => each.from <= number && number <= each.to);

function scored(scale, number, missing, prorated) {
  const band = number === null ? undefined : stretchesAt(scale.bands, number)[0];
  return { score: number, band: band?.key ?? null, missing, prorated };
}

function lineOf(atLeast, told) {
  return typeof atLeast === "number" ? atLeast : (atLeast[told[atLeast.by]] ?? null);
}

const isRaised = (value, line) => (value == null || line === null ? null : value >= line);

function needsHelp(safety, given) {
  const raised = safety.map((each) => isRaised(given[each.item], each.at_least));
  if (raised.includes(true)) return true;
  return raised.includes(null) ? null : false;
}

function levelOf(scoring, scales, flags) {
  const reached = Object.entries(scoring.scales).flatMap(([id, scale]) => {
    const number = scales[id].score;
    return number === null ? [] : [...stretchesAt(scale.bands, number), ...stretchesAt(scale.levels, number)];
  });
  reached.push(...Object.entries(scoring.flags ?? {}).flatMap(([id, flag]) => (flags[id] && flag.level ? [flag] : [])));
  if (!reached.length) return "middle";
  return LEVELS[Math.max(...reached.map((each) => LEVELS.indexOf(each.level)))];
}
