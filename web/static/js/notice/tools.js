// The bar above the page: what can be done where the cursor stands. In: the desk, buttons with data-do. Out: acts.

export function bindTools(desk) {
  const { page, paper } = desk;
  const bar = page.querySelector("[data-tools]");
  const kind = bar.querySelector("[data-kind-choice]");
  const { commands, pm } = paper;
  const acts = {
    undo: () => pm.undo(paper.state, paper.view.dispatch),
    redo: () => pm.redo(paper.state, paper.view.dispatch),
    deeper: () => commands.deeper(),
    higher: () => commands.higher(),
    up: () => commands.move(-1),
    down: () => commands.move(1),
    item: () => commands.addItem(),
    section: () => commands.addSection(),
    opening: () => commands.addOpening(),
    appendix: () => commands.addAppendix(),
    numbered: () => commands.numbered(),
    table: () => commands.addTable(),
    rowAfter: () => commands.inTable("addRowAfter"),
    rowAway: () => commands.inTable("deleteRow"),
    columnAfter: () => commands.inTable("addColumnAfter"),
    columnAway: () => commands.inTable("deleteColumn"),
    tableAway: () => commands.removeAround("figures"),
    appendixAway: () => commands.removeAround("appendix"),
  };
  bar.addEventListener("mousedown", (event) => {
    if (event.target.closest("[data-do]")) event.preventDefault(); // the cursor stays on the page
  });
  bar.addEventListener("click", (event) => {
    const name = event.target.closest("[data-do]")?.dataset.do;
    if (name === "comment") desk.comment();
    else if (name === "help") desk.help();
    else if (acts[name]) {
      acts[name]();
      event.target.closest("details")?.removeAttribute("open");
      paper.view.focus();
    }
  });
  kind.addEventListener("change", () => {
    commands.setKind(kind.value);
    paper.view.focus();
  });
  desk.comment = () => desk.beside.write(paper.currentItem()?.node.attrs.id ?? "");
  desk.help = () => page.querySelector("[data-help]").showModal();
  desk.tools = { show };
  bindSound(page);
  show();

  function show() {
    const item = paper.currentItem();
    kind.disabled = !item;
    kind.value = item ? item.node.attrs.kind : "";
    const isTable = pm.isInTable(paper.state);
    const { $from } = paper.state.selection;
    const isAppendix = $from.depth > 0 && $from.node(1).type.name === "appendix";
    bar.querySelectorAll("[data-with]").forEach((button) => {
      const where = button.dataset.with;
      button.hidden = (where === "table" && !isTable) || (where === "appendix" && !isAppendix);
      if (where === "item") button.disabled = !item;
    });
    bar.querySelector("[data-do=undo]").disabled = !pm.undoDepth(paper.state);
    bar.querySelector("[data-do=redo]").disabled = !pm.redoDepth(paper.state);
  }
}

// The button of what is being heard shows it.
function bindSound(page) {
  const audio = page.querySelector("audio");
  if (!audio) return;
  const show = () => page.querySelectorAll("[data-play]").forEach((button) => {
    const [start, end] = button.dataset.play.split("-").map(Number);
    const isPlaying = !audio.paused && audio.currentTime >= start - 0.3 && audio.currentTime < end;
    button.setAttribute("aria-pressed", String(isPlaying));
    button.textContent = button.textContent.replace(/^[▶❚]+/u, isPlaying ? "❚❚" : "▶");
  });
  for (const name of ["play", "pause", "seeked", "timeupdate"]) audio.addEventListener(name, show);
}
