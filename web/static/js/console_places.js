// The endpoints as one choice: what is known of the chosen one, the filter, and acts that need one.

function folded(text) {
  return text.toLowerCase().replaceAll("đ", "d").normalize("NFD").replace(/\p{Mn}/gu, "");
}

export function bindPlaces(board) {
  const list = board.querySelector(".places");
  const name = board.querySelector("[data-chosen-name]");
  const check = board.querySelector("[data-chosen-check]");
  const contact = board.querySelector("[data-chosen-contact]");

  function refresh() {
    if (!name) return;
    const tile = list.querySelector("input:checked")?.closest("[data-place]");
    name.textContent = tile ? tile.querySelector("[data-field=name]").textContent : name.dataset.nothing;
    contact.textContent = tile ? tile.querySelector("[data-field=contact]").textContent : "";
    check.textContent = tile ? tile.querySelector("[data-field=check]").textContent : "";
    for (const part of board.querySelectorAll("[data-needs-place]")) part.hidden = !tile;
  }

  list?.addEventListener("change", refresh);
  board.querySelector("[data-only-urgent]")?.addEventListener("change", (event) => {
    list.toggleAttribute("data-urgent-only", event.target.checked);
  });
  board.querySelector("[data-filter]")?.addEventListener("input", (event) => {
    const wanted = folded(event.target.value.trim());
    for (const tile of list.querySelectorAll("[data-place]")) {
      tile.hidden = wanted !== "" && !folded(tile.querySelector("[data-field=name]").textContent).includes(wanted);
    }
  });
  board.querySelector("[data-filter]")?.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    const first = list.querySelector("[data-place]:not([hidden]) input");
    first?.click();
    first?.focus();
  });
  const wide = window.matchMedia("(min-width: 110rem)");
  if (wide.matches) board.querySelectorAll("[data-open-when-wide]").forEach((part) => { part.open = true; });
  refresh();
  return { refresh };
}
