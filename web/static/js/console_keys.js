// One key per act: [data-key]. Buttons are pressed, fields get the focus. Keys are read by their place on the keyboard,
// so that no input method turns them into something else; a switch turns them off.

const STORED = "console-keys-off";

export function bindKeys(board) {
  const box = board.querySelector("[data-keys-on]");
  if (!box) return;
  box.checked = window.localStorage.getItem(STORED) !== "1";
  box.addEventListener("change", () => {
    if (box.checked) window.localStorage.removeItem(STORED);
    else window.localStorage.setItem(STORED, "1");
  });

  document.addEventListener("keydown", (event) => {
    if (!box.checked || event.ctrlKey || event.altKey || event.metaKey || event.isComposing || event.repeat) return;
    if (event.key === "Escape") {
      if (isTyping(event.target)) event.target.blur();
      else board.querySelector("[data-whole] input")?.click();
      return;
    }
    if (isTyping(event.target)) return;
    if (event.key === "?") {
      const help = document.getElementById("keys-help");
      help.open = !help.open;
      help.querySelector("summary").focus();
    } else if (event.key === "/") {
      board.querySelector("[data-filter]")?.focus();
    } else if (!event.shiftKey && event.code.startsWith("Key")) {
      const target = board.querySelector(`[data-key="${event.code.slice(3)}"]`);
      if (!target) return;
      const note = target.form?.elements.note;
      // A note without words says nothing: the key leads to the words first.
      if (target.value === "note" && note && !note.value.trim()) note.focus();
      else if (target instanceof HTMLInputElement) target.focus();
      else target.click();
    } else {
      return;
    }
    event.preventDefault();
  });
}

function isTyping(element) {
  if (element instanceof HTMLInputElement) return !["radio", "checkbox"].includes(element.type);
  return element instanceof HTMLTextAreaElement || element instanceof HTMLSelectElement;
}
