// The big clock: the present in Hà Nội by the server's clock, and how long until the start or the end.

const LAST_MINUTES = 5;
const wall = new Intl.DateTimeFormat("vi-VN", { timeZone: "Asia/Ho_Chi_Minh", hour: "2-digit", minute: "2-digit", second: "2-digit", hour12: false });

function span(milliseconds) {
  const seconds = Math.floor(milliseconds / 1000);
  const [hours, minutes, rest] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  const two = (number) => String(number).padStart(2, "0");
  return hours ? `${hours}:${two(minutes)}:${two(rest)}` : `${two(minutes)}:${two(rest)}`;
}

export function tick(board) {
  const clock = board.querySelector("[data-clock]");
  if (!clock) return;
  const ahead = Number(board.dataset.now) - Date.now();
  const [now, label, rest] = ["now", "label", "rest"].map((name) => clock.querySelector(`[data-clock-${name}]`));

  function show() {
    const present = Date.now() + ahead;
    const [starts, ends] = [Number(clock.dataset.starts), Number(clock.dataset.ends)];
    now.textContent = wall.format(present);
    if (["closed", "cancelled"].includes(board.dataset.state)) {
      set("done", clock.dataset.done, "");
    } else if (present < starts) {
      set("before", clock.dataset.before, span(starts - present));
    } else if (present <= ends) {
      set(ends - present < LAST_MINUTES * 60000 ? "last" : "on", clock.dataset.left, span(ends - present));
    } else {
      set("over", clock.dataset.over, span(present - ends));
    }
  }

  function set(phase, words, time) {
    clock.dataset.phase = phase;
    label.textContent = words;
    rest.textContent = time;
  }

  show();
  window.setInterval(show, 1000);
}
