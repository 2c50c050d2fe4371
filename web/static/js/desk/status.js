// The line that says what is saved, what is not and what to do; typed text that was left behind is offered again.

import { fill } from "./store.js";
import { make } from "./make.js";
import { STUCK, tellStuck } from "../stuck.js";

export function bindStatus(desk) {
  const line = desk.page.querySelector("[data-state]");
  const note = desk.page.querySelector("[data-note]");

  desk.saver.addEventListener("state", ({ detail }) => {
    desk.state = detail.name;
    line.dataset.state = detail.name;
    line.textContent = sentenceOf(desk, detail);
    if (detail.name === "conflict") orphans(desk);
    tellStuck(note, detail, { words: desk.words, signIn: desk.page.dataset.signIn, resume: () => desk.saver.resume() });
  });
  addEventListener("beforeunload", (event) => {
    // Kept on this machine all the same; but who closes the tab of an ended session should know.
    if (desk.saver.waiting && STUCK.includes(desk.state)) event.preventDefault();
  });
  offer(desk);
}

function sentenceOf({ words, store }, { name, sentence }) {
  if (name === "typing") return words.typing;
  if (name === "saving") return words.saving;
  if (name === "saved") return fill(words.saved, { number: store.number, time: new Date().toLocaleTimeString("vi-VN", { hour: "2-digit", minute: "2-digit" }) });
  if (name === "conflict") return fill(words.conflicts, { count: store.conflicts.size });
  if (name === "refused") return sentence;
  return words.not_saved;
}

// Typed in a line that somebody else has joined to another one: the line is gone, the words are not.
function orphans(desk) {
  const { words, store, saver } = desk;
  const place = desk.page.querySelector("[data-orphans]");
  const lost = [...store.conflicts].filter(([id, { theirs }]) => !theirs && !store.lines.has(id));
  place.hidden = !lost.length;
  place.replaceChildren(...lost.map(([id, { yours }]) => make("div", { class: "orphan" },
    make("p", {}, make("strong", {}, words.line_gone)), make("p", { class: "break" }, yours.text ?? yours.speaker ?? ""),
    make("button", { type: "button", class: "quiet small", onclick: () => { saver.choose(id, null); orphans(desk); } }, words.drop_mine))));
}

// What somebody typed before the tab was closed or the session ended.
function offer(desk) {
  const left = desk.keeper.found(desk.store);
  if (!left) {
    desk.keeper.decided(desk.store);
    return;
  }
  const { words } = desk;
  const place = desk.page.querySelector("[data-left-behind]");
  const when = left.at.toLocaleString("vi-VN", { hour: "2-digit", minute: "2-digit", day: "2-digit", month: "2-digit" });
  const done = () => {
    place.hidden = true;
    place.replaceChildren();
  };
  place.replaceChildren(
    make("p", {}, make("strong", {}, fill(words.left_behind, { count: left.lines.length, when }))),
    make("ul", {}, ...left.lines.slice(0, 5).map(([, { text }]) => make("li", { class: "break" }, text))),
    make("div", { class: "inline" },
      make("button", { type: "button", class: "small", onclick: () => { done(); takeBack(desk, left.lines); } }, words.take_back),
      make("button", { type: "button", class: "quiet small", onclick: () => { done(); desk.keeper.decided(desk.store); } }, words.let_go)));
  place.hidden = false;
}

// Where the line has been changed since, both texts are shown instead.
function takeBack(desk, lines) {
  for (const [id, { text, was }] of lines) {
    const line = desk.store.lines.get(id);
    if (line?.text === was) {
      desk.store.type(id, text);
    } else {
      desk.store.typed.set(id, { text, was });
      desk.store.conflicts.set(id, { yours: { text, speaker: null }, theirs: line ?? null });
    }
  }
  if (desk.store.conflicts.size) desk.saver.tell("conflict");
  desk.keeper.decided(desk.store);
  const ids = lines.map(([id]) => id).filter((id) => desk.store.lines.has(id));
  if (ids.length) desk.list.show(ids[0], { where: "middle" });
  desk.saveAll(ids);
}
