// Orders what can come next by the heaviest thing ticked. What is ticked is neither kept nor sent.

import { arrange, isYoung, nextSteps, readOffer } from "./guidance.js";

const LEVELS = ["low", "middle", "high"];
const form = document.getElementById("checklist");
const steps = document.getElementById("steps");

form?.addEventListener("change", async () => {
  const offer = await readOffer();
  const means = [...form.querySelectorAll(":checked")].map((each) => LEVELS.indexOf(each.dataset.means));
  const level = means.length ? LEVELS[Math.max(...means)] : "middle";
  if (steps) arrange(steps, nextSteps(offer, form.dataset.theme, level, isYoung()));
});
