// Four specifications written by hand from the publications, not exported by our code, and what they must score:
// a second opinion beside the comparison with Python. Table: CFPB, Financial Well-Being Scale (2017), abbreviated form.

const range = (from, to) => Array.from({ length: to - from + 1 }, (_, index) => `q${from + index}`);
const items = (count, codes) => range(1, count).map((id) => ({ id, codes }));
const band = (key, from, to, level) => ({ key, from, to, level });

const CFPB_ROWS = {
  "self/18-61": [14, 19, 22, 25, 27, 29, 31, 32, 34, 35, 37, 38, 40, 41, 42, 44, 45, 46, 47, 49, 50, 51, 52, 54, 55, 56, 58, 59, 60, 62, 63, 65, 66, 68, 69, 71, 73, 75, 78, 81, 86],
  "self/62+": [14, 20, 24, 26, 29, 31, 33, 35, 36, 38, 39, 41, 42, 44, 45, 46, 48, 49, 50, 52, 53, 54, 56, 57, 58, 60, 61, 63, 64, 66, 67, 69, 71, 73, 75, 77, 79, 82, 84, 88, 95],
  "other/18-61": [16, 21, 24, 27, 29, 31, 33, 34, 36, 38, 39, 40, 42, 43, 44, 45, 47, 48, 49, 50, 52, 53, 54, 55, 57, 58, 59, 60, 62, 63, 65, 66, 68, 70, 71, 73, 76, 78, 81, 85, 91],
  "other/62+": [18, 23, 26, 28, 30, 32, 33, 35, 36, 38, 39, 40, 41, 43, 44, 45, 46, 47, 48, 49, 50, 52, 53, 54, 55, 56, 57, 58, 60, 61, 62, 64, 65, 67, 68, 70, 72, 75, 77, 81, 87],
};

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
      score: { method: "from", from: "raw", table: { by: ["mode", "age"], rows: CFPB_ROWS } },
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
        bands: [band("I", 0, 7, "low"), band("II", 8, 15, "middle"), band("III", 16, 19, "high"), band("IV", 20, 40, "high")],
      },
      consumption: { method: "sum", items: range(1, 3) },
      dependence: { method: "sum", items: range(4, 6) },
      problems: { method: "sum", items: range(7, 10) },
    },
  },
};

export const specs = { djg6, phq9, cfpb10, audit };

export const cases = [
  {"slug": "djg6", "note": "6", "answers": [3, 1, 1, 1, 3, 3], "context": {}, "scales": {"total": {"score": 6, "band": "severe"}, "emotional": {"score": 3}, "social": {"score": 3}}, "flags": {}},
  {"slug": "djg6", "note": "1 upper edge not", "answers": [2, 3, 3, 3, 1, 1], "context": {}, "scales": {"total": {"score": 1, "band": "not"}, "emotional": {"score": 1}, "social": {"score": 0}}, "flags": {}},
  {"slug": "djg6", "note": "4 upper edge moderate", "answers": [2, 2, 2, 2, 1, 1], "context": {}, "scales": {"total": {"score": 4, "band": "moderate"}, "emotional": {"score": 1}, "social": {"score": 3}}, "flags": {}},
  {"slug": "djg6", "note": "1 missing", "answers": [null, 2, 2, 2, 2, 1], "context": {}, "scales": {"total": {"score": 4, "band": "moderate"}, "emotional": {"score": null}, "social": {"score": 3}}, "flags": {}},
  {"slug": "djg6", "note": "2 missing -> null", "answers": [null, null, 2, 2, 2, 1], "context": {}, "scales": {"total": {"score": null, "band": null}, "emotional": {"score": null}, "social": {"score": null}}, "flags": {}},
  {"slug": "phq9", "note": "4 edge", "answers": [1, 1, 1, 1, 0, 0, 0, 0, 0], "context": {}, "scales": {"total": {"score": 4, "band": "minimal", "prorated": false}}, "flags": {"alert_item9": false, "screen_positive": false}},
  {"slug": "phq9", "note": "9 edge", "answers": [2, 2, 1, 1, 1, 1, 1, 0, 0], "context": {}, "scales": {"total": {"score": 9, "band": "mild", "prorated": false}}, "flags": {"alert_item9": false, "screen_positive": false}},
  {"slug": "phq9", "note": "10 screen+", "answers": [2, 2, 1, 1, 1, 1, 1, 1, 0], "context": {}, "scales": {"total": {"score": 10, "band": "moderate", "prorated": false}}, "flags": {"alert_item9": false, "screen_positive": true}},
  {"slug": "phq9", "note": "14", "answers": [2, 2, 2, 2, 2, 2, 2, 0, 0], "context": {}, "scales": {"total": {"score": 14, "band": "moderate", "prorated": false}}, "flags": {"alert_item9": false, "screen_positive": true}},
  {"slug": "phq9", "note": "27", "answers": [3, 3, 3, 3, 3, 3, 3, 3, 3], "context": {}, "scales": {"total": {"score": 27, "band": "severe", "prorated": false}}, "flags": {"alert_item9": true, "screen_positive": true}},
  {"slug": "phq9", "note": "1 missing: 9*9/8=10.125 -> 10", "answers": [2, 2, 1, 1, 1, 1, 1, null, 0], "context": {}, "scales": {"total": {"score": 10, "band": "moderate", "prorated": true}}, "flags": {"alert_item9": false, "screen_positive": true}},
  {"slug": "phq9", "note": "2 missing: 8*9/7=10.29 -> 10", "answers": [2, 2, 1, 1, 1, 1, null, null, 0], "context": {}, "scales": {"total": {"score": 10, "band": "moderate", "prorated": true}}, "flags": {"alert_item9": false, "screen_positive": true}},
  {"slug": "phq9", "note": "item 9 missing: prorated, alert unknown -> must be treated as unanswered, not safe", "answers": [1, 1, 1, 1, 1, 1, 1, 1, null], "context": {}, "scales": {"total": {"score": 9, "band": "mild", "prorated": true}}, "flags": {"alert_item9": null, "screen_positive": false}},
  {"slug": "audit", "note": "Q2+Q3=0: skip 4-8", "answers": [2, 0, 0, null, null, null, null, null, 0, 2], "context": {}, "scales": {"total": {"score": 4, "band": "I"}, "consumption": {"score": 2}, "dependence": {"score": 0}, "problems": {"score": 2}}, "flags": {}},
  {"slug": "audit", "note": "6 zone I", "answers": [2, 1, 1, 0, 0, 0, 0, 0, 2, 0], "context": {}, "scales": {"total": {"score": 6, "band": "I"}, "consumption": {"score": 4}, "dependence": {"score": 0}, "problems": {"score": 2}}, "flags": {}},
  {"slug": "audit", "note": "7 zone I edge", "answers": [3, 2, 2, 0, 0, 0, 0, 0, 0, 0], "context": {}, "scales": {"total": {"score": 7, "band": "I"}, "consumption": {"score": 7}, "dependence": {"score": 0}, "problems": {"score": 0}}, "flags": {}},
  {"slug": "audit", "note": "15", "answers": [3, 2, 2, 1, 1, 1, 1, 0, 2, 2], "context": {}, "scales": {"total": {"score": 15, "band": "II"}, "consumption": {"score": 7}, "dependence": {"score": 3}, "problems": {"score": 5}}, "flags": {}},
  {"slug": "audit", "note": "40", "answers": [4, 4, 4, 4, 4, 4, 4, 4, 4, 4], "context": {}, "scales": {"total": {"score": 40, "band": "IV"}, "consumption": {"score": 12}, "dependence": {"score": 12}, "problems": {"score": 16}}, "flags": {}},
  {"slug": "audit", "note": "missing, no skip rule -> null", "answers": [2, 1, 1, null, 0, 0, 0, 0, 0, 0], "context": {}, "scales": {"total": {"score": null, "band": null}, "consumption": {"score": 4}, "dependence": {"score": null}, "problems": {"score": 0}}, "flags": {}},
  {"slug": "cfpb10", "note": "CFPB's own unit test: value sum 23, 62+, self -> 57", "answers": [4, 3, 2, 1, 0, 1, 2, 3, 4, 3], "context": {"age": "62+"}, "scales": {"raw": {"score": 23}, "score": {"score": 57}}, "flags": {}},
  {"slug": "cfpb10", "note": "best: 40 -> 86", "answers": [4, 4, 0, 4, 0, 0, 0, 4, 0, 0], "context": {}, "scales": {"raw": {"score": 40}, "score": {"score": 86}}, "flags": {}},
  {"slug": "cfpb10", "note": "worst: 0 -> 14", "answers": [0, 0, 4, 0, 4, 4, 4, 0, 4, 4], "context": {}, "scales": {"raw": {"score": 0}, "score": {"score": 14}}, "flags": {}},
  {"slug": "cfpb10", "note": "20 -> 52 (other, 18-61)", "answers": [2, 2, 2, 2, 2, 2, 2, 2, 2, 2], "context": {"mode": "other"}, "scales": {"raw": {"score": 20}, "score": {"score": 52}}, "flags": {}},
  {"slug": "cfpb10", "note": "missing -> null (all items required)", "answers": [2, 2, 2, 2, 2, 2, 2, 2, 2, null], "context": {}, "scales": {"raw": {"score": null}, "score": {"score": null}}, "flags": {}},
];
