// Pages work without this; with it they take a little less effort.
"use strict";

// On a wide screen there is room to show what a phone folds away.
for (const details of document.querySelectorAll("details[data-open-wide]")) {
  const wide = matchMedia("(min-width: 48rem)");
  const follow = () => { details.open = wide.matches; };
  follow();
  wide.addEventListener("change", follow);
}

// The profile: answers are shown in the page without leaving it, and stay in it, unless the
// learner asks this device to remember them.
const profile = document.querySelector("form[data-profile]");
if (profile) {
  const store = "leerwijzer-profile";
  const keep = profile.querySelector("[data-keep]");
  const forget = profile.querySelector("[data-forget]");
  const said = profile.querySelector("[data-said]");
  const result = document.getElementById("resultaat");
  const read = () => { try { return localStorage.getItem(store); } catch { return null; } };
  const show = () => { keep.hidden = false; forget.hidden = read() === null; };

  const kept = read();
  if (kept !== null && !result.hasChildNodes()) {
    const answers = new URLSearchParams(kept);
    for (const field of profile.elements) {
      if (!field.name || !answers.has(field.name)) continue;
      if (field.type === "checkbox") field.checked = answers.getAll(field.name).includes(field.value);
      else field.value = answers.get(field.name);
    }
  }
  show();

  keep.addEventListener("click", () => {
    try {
      localStorage.setItem(store, new URLSearchParams(new FormData(profile)).toString());
      said.textContent = said.dataset.kept;
    } catch { said.textContent = said.dataset.failed; }
    show();
  });
  forget.addEventListener("click", () => {
    localStorage.removeItem(store);
    profile.reset();
    result.replaceChildren();
    said.textContent = said.dataset.forgotten;
    show();
    profile.querySelector("input").focus();
  });

  profile.addEventListener("submit", async (event) => {
    event.preventDefault();
    said.textContent = said.dataset.busy;
    try {
      const response = await fetch(profile.action, {
        method: "POST", body: new URLSearchParams(new FormData(profile)),
      });
      const page = new DOMParser().parseFromString(await response.text(), "text/html");
      const answer = page.getElementById("resultaat");
      const faults = page.querySelector("form[data-profile] > .panel");
      if (!answer) throw new Error("no answer");
      profile.querySelector(":scope > .panel")?.remove();
      if (faults) profile.prepend(faults);
      result.replaceChildren(...answer.childNodes);
      said.textContent = "";
      (faults ?? result).scrollIntoView();
      if (!faults) result.focus();
    } catch { said.textContent = said.dataset.failed; }
  });
}
