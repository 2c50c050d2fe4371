// The note above an editor while it cannot save: what happened, and the way to sign in again or to try once more.

import { make } from "./desk/make.js";

export const STUCK = ["signed-out", "other-account", "offline"];

export function tellStuck(note, { name, sentence }, { words, signIn, resume }) {
  // Buttons must not vanish under the finger while one more attempt is made.
  if (name === "saved") note.hidden = true;
  if (!STUCK.includes(name) || (!note.hidden && note.dataset.state === name)) return;
  note.hidden = false;
  note.dataset.state = name;
  const again = make("button", { type: "button", class: "quiet small", onclick: resume }, words.try_again);
  note.replaceChildren(make("p", {}, sentence), name === "signed-out"
    ? make("div", { class: "inline" }, make("a", { class: "button small", href: signIn, target: "_blank", rel: "noopener" }, words.sign_in), again)
    : again);
}
