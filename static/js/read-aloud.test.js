import assert from "node:assert/strict";
import { test } from "node:test";
import { localVoice } from "./read-aloud.js";

const voice = (lang, localService = true, more = {}) => ({ lang, localService, ...more });

test("a voice that lives elsewhere is never chosen", () => {
  assert.equal(localVoice([voice("nl-NL", false), voice("nl-BE", null)], "nl"), undefined);
});

test("any region will do, written with - or _; the exact one is preferred, then the device's own choice", () => {
  const voices = [voice("en-US"), voice("nl_NL"), voice("nl-BE", true, { default: true })];
  assert.equal(localVoice(voices, "nl").lang, "nl-BE");
  assert.equal(localVoice(voices, "nl-NL").lang, "nl_NL");
  assert.equal(localVoice(voices, "fr"), undefined);
});

test("a language is compared as a whole: nl is not nld, fil is not fi", () => {
  assert.equal(localVoice([voice("fil-PH")], "fi"), undefined);
});
