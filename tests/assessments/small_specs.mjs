// Four specifications written by hand from the publications, not exported by our code, and what they must score:
// a second opinion beside the comparison with Python. Table: CFPB, Financial Well-Being Scale (2017), abbreviated form.

import { readFileSync } from "node:fs";

const published = JSON.parse(readFileSync(new URL("small_specs.json", import.meta.url), "utf8"));
const range = (from, to) => Array.from({ length: to - from + 1 }, (_, index) => `q${from + index}`);
const items = (count, codes) => range(1, count).map((id) => ({ id, codes }));
const band = (key, from, to, level) => ({ key, from, to, level });

const some = [2, 3];
const none = [1, 2];
const djg6 = {
  slug: "djg6",
  version: "1.0.0",
  items: items(6, [1, 2, 3]),
  scoring: {
    scales: {
      total: {
        method: "sum",
        items: range(1, 6),
        dichotomise: { q1: some, q2: none, q3: none, q4: none, q5: some, q6: some },
        missing: { allow: 1, fill: "zero" },
        bands: [band("not", 0, 1, "low"), band("moderate", 2, 4, "middle"), band("severe", 5, 6, "high")],
      },
      emotional: { method: "sum", items: ["q1", "q5", "q6"], dichotomise: { q1: some, q5: some, q6: some } },
      social: { method: "sum", items: ["q2", "q3", "q4"], dichotomise: { q2: none, q3: none, q4: none } },
    },
  },
};

const phq9 = {
  slug: "phq9",
  version: "1.0.0",
  items: items(9, [0, 1, 2, 3]),
  scoring: {
    scales: {
      total: {
        method: "sum",
        items: range(1, 9),
        missing: { allow: 2, fill: "person-mean" },
        bands: [
          band("minimal", 0, 4, "low"),
          band("mild", 5, 9, "low"),
          band("moderate", 10, 14, "middle"),
          band("moderately_severe", 15, 19, "high"),
          band("severe", 20, 27, "high"),
        ],
      },
    },
    flags: { screen_positive: { scale: "total", at_least: 10 }, alert_item9: { item: "q9", at_least: 1 } },
  },
  safety: [{ item: "q9", at_least: 1, flag: "alert_item9" }],
};

const cfpb10 = {
  slug: "cfpb10",
  version: "1.0.0",
  items: items(10, [4, 3, 2, 1, 0]),
  scoring: {
    context: {
      age: { values: ["18-61", "62+"], default: "18-61" },
      mode: { values: ["self", "other"], default: "self" },
    },
    scales: {
      raw: { method: "sum", items: range(1, 10), reverse: ["q3", "q5", "q6", "q7", "q9", "q10"] },
      score: { method: "from", from: "raw", table: { by: ["mode", "age"], rows: published.cfpb_rows } },
    },
  },
};

const audit = {
  slug: "audit",
  version: "1.0.0",
  items: [...items(8, [0, 1, 2, 3, 4]), { id: "q9", codes: [0, 2, 4] }, { id: "q10", codes: [0, 2, 4] }],
  scoring: {
    skip: [
      { when: { sum: ["q1"], equals: 0 }, skip: range(2, 8) },
      { when: { sum: ["q2", "q3"], equals: 0 }, skip: range(4, 8) },
    ],
    scales: {
      total: {
        method: "sum",
        items: range(1, 10),
        bands: [
          band("I", 0, 7, "low"),
          band("II", 8, 15, "middle"),
          band("III", 16, 19, "high"),
          band("IV", 20, 40, "high"),
        ],
      },
      consumption: { method: "sum", items: range(1, 3) },
      dependence: { method: "sum", items: range(4, 6) },
      problems: { method: "sum", items: range(7, 10) },
    },
  },
};

export const specs = { djg6, phq9, cfpb10, audit };
export const { cases } = published;
