// A public page that the service worker gave in place of an own page, because there is no network: it becomes that page,
// with what this device keeps, if somebody is logged in here.

const page = document.body.dataset.page;
const OWN = { step: "./step.js", training: "./module.js", trainings: "./list.js" };

if (page in OWN) {
  import(OWN[page]).then(async ({ begin }) => {
    if (!(await begin())) return;
    for (const each of document.querySelectorAll("[data-own]")) each.hidden = false;
    for (const each of document.querySelectorAll("[data-visitor]")) each.hidden = true;
  });
}
