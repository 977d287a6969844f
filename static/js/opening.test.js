import assert from "node:assert/strict";
import { test } from "node:test";
import { badgeWords, openState } from "./opening.js";

test("a start belongs to the open time, an end does not", () => {
  const intervals = [
    [100, 200],
    [300, 400],
  ];
  assert.deepEqual(openState(intervals, 99), { open: false, until: null, from: 100 });
  assert.deepEqual(openState(intervals, 100), { open: true, until: 200, from: null });
  assert.deepEqual(openState(intervals, 199.9), { open: true, until: 200, from: null });
  assert.deepEqual(openState(intervals, 200), { open: false, until: null, from: 300 });
  assert.deepEqual(openState(intervals, 400), { open: false, until: null, from: null });
  assert.deepEqual(openState([], 5), { open: false, until: null, from: null });
});

const words = {
  zone: "Europe/Brussels",
  wordsOpen: "Nu open, tot {time}",
  wordsClosed: "Weer open {day} om {time}",
  wordsUnknown: "Nu gesloten",
  wordsToday: "vandaag",
  wordsAsof: "Uren van {date}",
};
const monday = Date.parse("2026-11-23T08:00:00Z");
const when = { now: monday, asOf: Date.parse("2026-11-23"), language: "nl" };
const seconds = (text) => Date.parse(text) / 1000;

test("times are told in the organisation's zone", () => {
  const state = { open: true, until: seconds("2026-11-23T16:00:00Z"), from: null };
  assert.equal(badgeWords(words, state, when), "Nu open, tot 17:00");
});

test("the page may say how times are written", () => {
  const dutch = { ...words, wordsHour: "{h} uur", wordsTime: "{h}.{m} uur" };
  const until = (text) => badgeWords(dutch, { open: true, until: seconds(text), from: null }, when);
  assert.equal(until("2026-11-23T16:00:00Z"), "Nu open, tot 17 uur");
  assert.equal(until("2026-11-23T08:30:00Z"), "Nu open, tot 9.30 uur");
});

test("today is called today, another day by its name and date, across the change of the clock", () => {
  const from = (text) => badgeWords(words, { open: false, until: null, from: seconds(text) }, when);
  assert.equal(from("2026-11-23T12:00:00Z"), "Weer open vandaag om 13:00");
  assert.equal(from("2026-11-26T08:05:00Z"), "Weer open donderdag 26 november om 9:05");
  assert.equal(from("2027-06-01T07:00:00Z"), "Weer open dinsdag 1 juni om 9:00");
});

test("days are written in the page's language", () => {
  const state = { open: false, until: null, from: seconds("2026-11-26T08:00:00Z") };
  assert.equal(badgeWords(words, state, { ...when, language: "en" }), "Weer open Thursday 26 November om 9:00");
  assert.equal(badgeWords(words, state, { ...when, language: "fr" }), "Weer open jeudi 26 novembre om 9:00");
});

test("nothing known says so, and hours older than a week say of when they are", () => {
  const state = { open: false, until: null, from: null };
  assert.equal(badgeWords(words, state, when), "Nu gesloten");
  const old = { ...when, asOf: Date.parse("2026-11-15") };
  assert.equal(badgeWords(words, state, old), "Nu gesloten. Uren van zondag 15 november");
});
