import assert from "node:assert/strict";
import { test } from "node:test";
import { readCreation, readRequest, toBytes, toText, write } from "./passkey-json.js";

test("bytes come back from their text, whatever they are", () => {
  for (let length = 0; length < 70; length += 1) {
    const bytes = Uint8Array.from({ length }, (_, place) => (place * 37 + 250) % 256);
    const text = toText(bytes);
    assert.match(text, /^[\w-]*$/);
    assert.deepEqual(toBytes(text), bytes);
    assert.equal(text, Buffer.from(bytes).toString("base64url"));
  }
});

test("options are read and the rest of them is kept", () => {
  const options = readCreation({
    rp: { id: "a" },
    challenge: "AQI",
    user: { id: "_-8", name: "x" },
    excludeCredentials: [{ id: "AQ", type: "public-key" }],
  });
  assert.deepEqual(options, {
    rp: { id: "a" },
    challenge: Uint8Array.of(1, 2),
    user: { id: Uint8Array.of(255, 239), name: "x" },
    excludeCredentials: [{ id: Uint8Array.of(1), type: "public-key" }],
  });
  assert.deepEqual(readRequest({ challenge: "AQI", rpId: "a" }), {
    challenge: Uint8Array.of(1, 2),
    rpId: "a",
    allowCredentials: [],
  });
});

test("what a browser signed is written; what it left out is left out", () => {
  const bytes = Uint8Array.of(1, 2).buffer;
  const response = { clientDataJSON: bytes, authenticatorData: bytes, signature: bytes, userHandle: null };
  assert.deepEqual(write({ id: "AQI", rawId: bytes, type: "public-key", response }), {
    id: "AQI",
    rawId: "AQI",
    type: "public-key",
    response: { clientDataJSON: "AQI", authenticatorData: "AQI", signature: "AQI" },
  });
});
