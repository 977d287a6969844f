// This page asks to log in: what a device keeps for somebody waits until then, and is not shown without a network either.

import { lock } from "./store.js";

lock().catch(() => {});
