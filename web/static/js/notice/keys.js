// Keys of the whole editor, beside those of the page itself (commands.js). By the place of the key, not its letter: with Alt
// some keyboards write other letters.

export function bindKeys(desk) {
  document.addEventListener("keydown", (event) => {
    if (event.isComposing || event.defaultPrevented || document.querySelector("dialog[open]")) return;
    const act = KEYS[named(event)];
    if (!act) return;
    event.preventDefault();
    act(desk);
  });
}

function named(event) {
  const held = [event.ctrlKey || event.metaKey ? "Ctrl" : "", event.altKey ? "Alt" : "", event.shiftKey ? "Shift" : ""];
  return [...held.filter(Boolean), event.code].join("+");
}

const withTask = (act) => (desk) => {
  const item = desk.currentTask();
  if (item) act(desk, item);
  else desk.say(desk.words.not_a_task_here);
};

const KEYS = {
  "Ctrl+KeyS": (desk) => desk.saver.flush(),
  "Alt+KeyA": (desk) => desk.hear(),
  "Alt+KeyD": withTask((desk, item) => desk.cards.accept(item.id, desk.cards.stateOf(item) !== "accepted")),
  "Alt+KeyE": withTask((desk, item) => desk.cards.edit(item.id)),
  "Alt+KeyX": withTask((desk, item) => {
    desk.cards.ask(item.id);
    desk.margin.slots.get(`item:${item.id}`)?.element.querySelector(".card-ask [data-first]")?.focus();
  }),
  "Alt+KeyN": (desk) => desk.next(1),
  "Alt+Shift+KeyN": (desk) => desk.next(-1),
  "Alt+KeyM": (desk) => desk.comment(),
  "Alt+Slash": (desk) => desk.help(),
  F1: (desk) => desk.help(),
};
