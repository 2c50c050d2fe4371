// Puts a snapshot into the page. [data-text] and [data-tone-of] name a path of the snapshot, [data-list] a list whose
// rows are made from the <template data-row> of the same name; inside a row [data-field] names a value of the item.

const shown = new Map();

function at(snapshot, path) {
  return path.split(".").reduce((value, name) => value?.[name], snapshot);
}

function setText(element, value) {
  const text = String(value ?? "");
  if (element.textContent !== text) element.textContent = text;
}

export function fill(element, item) {
  for (const part of element.querySelectorAll("[data-field]")) setText(part, item[part.dataset.field]);
  for (const part of [element, ...element.querySelectorAll("[data-tone-field]")]) {
    if (part.dataset.toneField) part.dataset.tone = item[part.dataset.toneField] ?? "";
  }
  for (const part of element.querySelectorAll("[data-show]")) part.hidden = !item[part.dataset.show];
  for (const part of element.querySelectorAll("[data-value-field]")) part.value = item[part.dataset.valueField];
}

function fillList(list, items, row) {
  const known = new Map([...list.children].map((child) => [child.dataset.key, child]));
  items.forEach((item, position) => {
    let child = known.get(item.id);
    if (!child) {
      child = row.content.firstElementChild.cloneNode(true);
      child.dataset.key = item.id;
    }
    known.delete(item.id);
    fill(child, item);
    if (list.children[position] !== child) list.insertBefore(child, list.children[position] ?? null);
  });
  known.forEach((child) => child.remove());
}

export function fillBoard(board, snapshot) {
  for (const part of board.querySelectorAll("[data-text]")) setText(part, at(snapshot, part.dataset.text));
  for (const part of board.querySelectorAll("[data-tone-of]")) part.dataset.tone = at(snapshot, part.dataset.toneOf) ?? "";
  for (const list of board.querySelectorAll("[data-list]")) {
    fillList(list, snapshot[list.dataset.list], board.querySelector(`template[data-row="${list.dataset.list}"]`));
  }
  for (const part of board.querySelectorAll("[data-show-path]")) part.hidden = !at(snapshot, part.dataset.showPath);
  for (const part of board.querySelectorAll("[data-enable-path]")) part.disabled = !at(snapshot, part.dataset.enablePath);
  for (const part of board.querySelectorAll("[data-hide-when-empty]")) part.hidden = !snapshot[part.dataset.hideWhenEmpty].length;
  for (const part of board.querySelectorAll("[data-show-when-empty]")) part.hidden = snapshot[part.dataset.showWhenEmpty].length > 0;
  for (const part of board.querySelectorAll("[data-agenda]")) {
    if (part.dataset.agenda === snapshot.reached) part.setAttribute("aria-current", "step");
    else part.removeAttribute("aria-current");
  }
  fillPlaces(board, snapshot.places);
  fillRoll(board, snapshot.roll);
  const clock = board.querySelector("[data-clock]");
  if (clock) Object.assign(clock.dataset, { starts: snapshot.meeting.starts, ends: snapshot.meeting.ends });
  board.dataset.state = snapshot.meeting.state;
}

function fillPlaces(board, places) {
  const told = [];
  for (const place of places) {
    const tile = board.querySelector(`[data-place="${place.id}"]`);
    if (!tile) continue;
    const before = tile.dataset.state;
    tile.dataset.state = place.state;
    tile.toggleAttribute("data-urgent", place.urgent);
    const people = tile.querySelector("[data-over]");
    if (people) people.dataset.tone = place.over ? "bad" : "";
    fill(tile, place);
    if (before !== place.state && (place.state === "dropped" || before === "dropped")) told.push(`${place.name}: ${place.word}`);
  }
  const announce = board.querySelector("[data-announce]");
  if (announce && told.length) announce.textContent = told.join("; ");
}

function fillRoll(board, roll) {
  for (const answer of roll) {
    const row = board.querySelector(`[data-answer="${answer.id}"]`);
    const written = JSON.stringify(answer);
    if (!row || shown.get(answer.id) === written) continue;
    shown.set(answer.id, written);
    fill(row, answer);
    for (const [name, value] of [["reason", answer.reason], ["arrived", answer.arrived_clock]]) {
      const input = row.querySelector(`input[name="${name}"]`);
      if (input && input !== document.activeElement) input.value = input.defaultValue = value;
    }
  }
}
