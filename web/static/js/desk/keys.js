// Everything by keyboard: one table of keys for the field one types in, one for rows, one for both.
// By the place of the key, not its letter: with Alt some keyboards write other letters.

import { wordAt } from "./rows.js";

export function bindKeys(desk, box) {
  document.addEventListener("keydown", (event) => {
    if (event.isComposing || event.defaultPrevented || document.querySelector("dialog[open]")) return;
    const anywhere = ANYWHERE[named(event)];
    if (anywhere) {
      event.preventDefault();
      anywhere(desk);
      return;
    }
    const row = box.contains(event.target) ? event.target.closest("[data-line]") : null;
    if (!row) return;
    const isField = event.target.matches("textarea.said-field") && desk.rows.editing === row.dataset.line;
    if (!isField && event.target !== row) return;
    const act = (isField ? IN_FIELD : ON_ROW)[named(event)];
    if (!act) return;
    event.preventDefault();
    act(desk, row.dataset.line, event.target);
  });
}

function named(event) {
  const held = [event.ctrlKey || event.metaKey ? "Ctrl" : "", event.altKey ? "Alt" : "", event.shiftKey ? "Shift" : ""];
  return [...held.filter(Boolean), event.code === "NumpadEnter" ? "Enter" : event.code].join("+");
}

const ANYWHERE = {
  "Alt+KeyP": (desk) => desk.sound.toggle(),
  "Alt+KeyJ": (desk) => desk.sound.skip(-3),
  "Alt+KeyK": (desk) => desk.sound.skip(3),
  "Alt+KeyL": (desk) => desk.loop(),
  "Alt+Comma": (desk) => desk.sound.faster(-1),
  "Alt+Period": (desk) => desk.sound.faster(1),
  "Alt+KeyN": (desk) => desk.nextDoubt(1),
  "Alt+Shift+KeyN": (desk) => desk.nextDoubt(-1),
  "Alt+KeyG": (desk) => desk.goToSound(),
  "Ctrl+KeyF": (desk) => desk.find.open(),
  "Ctrl+KeyH": (desk) => desk.find.open(),
  "Ctrl+KeyS": (desk) => desk.saver.flush(),
  "Alt+Slash": (desk) => desk.help(),
  F1: (desk) => desk.help(),
  "Alt+KeyS": (desk) => desk.withLine((id) => desk.chooseSpeaker(id)),
  "Alt+KeyD": (desk) => desk.withLine((id) => desk.confirm(id)),
  "Alt+KeyM": (desk) => desk.withLine((id) => desk.merge(id)),
};

const IN_FIELD = {
  Enter: (desk, id) => desk.editNext(id, 1),
  "Shift+Enter": (desk, id) => desk.editNext(id, -1),
  "Alt+ArrowDown": (desk, id) => desk.editNext(id, 1),
  "Alt+ArrowUp": (desk, id) => desk.editNext(id, -1),
  "Ctrl+Enter": (desk, id, field) => desk.split(id, field.selectionStart),
  "Alt+KeyW": (desk, id, field) => desk.hearWord(id, wordAt(field.value, field.selectionStart)),
  "Alt+KeyA": (desk, id) => desk.hear(id),
  "Alt+KeyZ": (desk, id) => desk.revert(id),
  Escape: (desk, id) => desk.leave(id),
};

const ON_ROW = {
  ArrowDown: (desk, id) => desk.move(id, 1),
  ArrowUp: (desk, id) => desk.move(id, -1),
  "Alt+ArrowDown": (desk, id) => desk.move(id, 1),
  "Alt+ArrowUp": (desk, id) => desk.move(id, -1),
  PageDown: (desk, id) => desk.move(id, 8),
  PageUp: (desk, id) => desk.move(id, -8),
  Home: (desk, id) => desk.move(id, -Infinity),
  End: (desk, id) => desk.move(id, Infinity),
  Enter: (desk, id) => desk.edit(id),
  F2: (desk, id) => desk.edit(id),
  Space: (desk, id) => desk.hear(id),
  "Alt+KeyA": (desk, id) => desk.hear(id),
};
