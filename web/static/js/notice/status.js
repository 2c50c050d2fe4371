// The line that says what is saved and what is not; text that was left behind is offered again.

import { make } from "../desk/make.js";
import { fill } from "../desk/store.js";
import { STUCK, tellStuck } from "../stuck.js";

const SHOWN_TEXTS = 5;

export function bindStatus(desk) {
  const { page, saver, words } = desk;
  const line = page.querySelector("[data-state-line]");
  const note = page.querySelector("[data-note]");

  desk.tellState = (name, sentence) => {
    line.dataset.state = name;
    line.textContent = sentence;
  };
  saver.addEventListener("state", ({ detail }) => {
    desk.state = detail.name;
    desk.tellState(detail.name, sentenceOf(desk, detail));
    tellStuck(note, detail, { words, signIn: page.dataset.signIn, resume: () => saver.resume() });
    if (detail.name !== "refused") return;
    note.hidden = false;
    note.dataset.state = "refused";
    note.replaceChildren(make("p", {}, detail.sentence), make("p", {}, words.kept_here));
  });
  addEventListener("beforeunload", (event) => {
    // Kept on this machine all the same; but who closes a page that cannot be saved should know.
    if (saver.waiting && [...STUCK, "refused"].includes(desk.state)) event.preventDefault();
  });
  desk.offerLeft = () => offer(desk);
}

function sentenceOf({ words, saver }, { name, sentence }) {
  const time = new Date().toLocaleTimeString("vi-VN", { hour: "2-digit", minute: "2-digit" });
  if (name === "saved") return fill(words.saved, { number: saver.number, time });
  if (name === "others") return fill(words.others, { number: saver.number, time });
  if (name === "conflict") return fill(words.conflicts, { count: saver.clashes.size });
  if (name === "typing" || name === "saving") return words[name];
  return name === "refused" ? sentence : words.not_saved;
}

// What somebody typed before the tab was closed or the session ended.
async function offer(desk) {
  const { page, saver, words } = desk;
  const left = await saver.leftBehind();
  if (!left.length) return;
  const place = page.querySelector("[data-left-behind]");
  const when = left.at(-1).at.toLocaleString("vi-VN", { hour: "2-digit", minute: "2-digit", day: "2-digit", month: "2-digit" });
  const texts = left.flatMap((one) => one.texts);
  const done = (act) => () => {
    place.hidden = true;
    place.replaceChildren();
    act();
    desk.refresh();
  };
  place.replaceChildren(
    make("p", {}, make("strong", {}, fill(words.left_behind, { when }))),
    make("ul", {}, ...texts.slice(0, SHOWN_TEXTS).map((text) => make("li", { class: "break" }, text))),
    make("div", { class: "inline" },
      make("button", { type: "button", class: "small", onclick: done(() => saver.takeBack(left)) }, words.take_back),
      make("button", { type: "button", class: "quiet small", onclick: done(() => left.forEach(({ name }) => saver.kept.forget(name))) }, words.let_go)));
  place.hidden = false;
}
