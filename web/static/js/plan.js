// The planning forms: find endpoints and people without marks, sum heads against the caps while one types, ask for the
// warnings of time. Only a help: the server decides when the form is sent.

function plain(text) {
  return text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").replace(/đ/g, "d").replace(/Đ/g, "D").toLowerCase();
}

function matches(text, words) {
  const folded = plain(text);
  return plain(words).split(/\s+/).every((word) => folded.includes(word));
}

function valueOf(form, name) {
  return form?.elements[name]?.value || "";
}

function binding(picker) {
  const form = picker.closest("form");
  const day = valueOf(form, "day") || new Date().toISOString().slice(0, 10);
  const kind = valueOf(form, "kind");
  return JSON.parse(picker.dataset.policies).filter((policy) => policy.from <= day
    && (!policy.until || day <= policy.until) && (!policy.kinds.length || policy.kinds.includes(kind)));
}

function bindsRow(policy, row) {
  if (!policy.units.length) return true;
  const units = row.dataset.units.split(" ");
  return policy.units.some((unit) => units.includes(unit));
}

function strictest(limits) {
  return limits.length ? Math.min(...limits) : null;
}

function heads(row) {
  const typed = row.querySelector("input[type=number]").value;
  return typed === "" ? 1 : Number(typed);
}

function showTotal(badge, counted, limit) {
  badge.textContent = limit === null ? `${counted} ${badge.dataset.word}` : `${counted} / ${limit} ${badge.dataset.word}`;
  badge.classList.toggle("bad", limit !== null && counted > limit);
}

function watchPicker(picker) {
  const rows = [...picker.querySelectorAll("[data-row]")];
  if (!rows.length) return;
  const sum = picker.querySelector("[data-sum]");
  const only = picker.querySelector("[data-only]");
  const find = picker.querySelector("[data-find]");
  picker.querySelector("[data-tools]").hidden = false;

  function count() {
    const policies = binding(picker);
    const chosen = rows.filter((row) => row.querySelector("[name=endpoint]").checked);
    const inRoom = new Map();
    chosen.forEach((row) => {
      const room = row.dataset.room || row.querySelector("[name=endpoint]").value;
      inRoom.set(room, (inRoom.get(room) || 0) + heads(row));
    });
    rows.forEach((row) => {
      const isChosen = chosen.includes(row);
      const limits = policies.filter((policy) => policy.scope === "room" && bindsRow(policy, row)).map((policy) => policy.maximum);
      if (row.dataset.capacity) limits.push(Number(row.dataset.capacity));
      const limit = strictest(limits);
      const room = row.dataset.room || row.querySelector("[name=endpoint]").value;
      const people = inRoom.get(room) || 0;
      const isOver = isChosen && limit !== null && people > limit;
      const note = row.querySelector("[data-cap]");
      note.textContent = isChosen && limit !== null ? `${people} / ${limit}${isOver ? ` ${picker.dataset.over}` : ""}` : "";
      note.classList.toggle("over", isOver);
      row.classList.toggle("over", isOver);
      row.classList.toggle("chosen", isChosen && !isOver);
    });
    sum.hidden = chosen.length === 0;
    const total = chosen.reduce((all, row) => all + heads(row), 0);
    const whole = (scope) => strictest(policies.filter((policy) => policy.scope === scope && !policy.units.length).map((policy) => policy.maximum));
    showTotal(sum.querySelector("[data-sum-seats]"), chosen.length, whole("connections"));
    showTotal(sum.querySelector("[data-sum-people]"), total, whole("meeting"));
  }

  function filter() {
    rows.forEach((row) => {
      const isChosen = row.querySelector("[name=endpoint]").checked;
      row.hidden = (only.checked && !isChosen) || !matches(row.dataset.name, find.value.trim());
    });
  }

  // A number typed for an endpoint means that it takes part.
  picker.addEventListener("input", (event) => {
    if (event.target.type === "number" && event.target.value !== "" && event.target.closest("[data-row]")) {
      event.target.closest("[data-row]").querySelector("[name=endpoint]").checked = true;
    }
    count();
  });
  picker.addEventListener("change", count);
  picker.closest("form")?.addEventListener("change", (event) => { if (["day", "kind"].includes(event.target.name)) count(); });
  only.addEventListener("change", filter);
  find.addEventListener("input", filter);
  // The key that looks for an endpoint must not send the whole plan.
  find.addEventListener("keydown", (event) => { if (event.key === "Enter") event.preventDefault(); });
  count();
}

function watchPeople() {
  const find = document.querySelector("[data-find-person]");
  if (!find) return;
  document.querySelector("[data-people-tools]").hidden = false;
  const people = [...document.querySelectorAll("[data-person]")];
  find.addEventListener("input", () => people.forEach((item) => { item.hidden = !matches(item.dataset.person, find.value.trim()); }));
  find.addEventListener("keydown", (event) => { if (event.key === "Enter") event.preventDefault(); });
}

function watchTime(form) {
  const place = form.querySelector("[data-time-warnings]");
  if (!place || !form.dataset.warnings) return;
  const names = ["day", "starts", "urgency", "kind"];

  async function ask() {
    const asked = new URLSearchParams(names.map((name) => [name, valueOf(form, name)]));
    try {
      const answer = await fetch(`${form.dataset.warnings}?${asked}`, { credentials: "same-origin" });
      if (answer.ok && !answer.redirected) place.innerHTML = await answer.text();
    } catch {
      // The line is down: the warnings come with the plan instead.
    }
  }

  form.addEventListener("change", (event) => { if (names.includes(event.target.name)) ask(); });
}

function takeProposals() {
  document.querySelectorAll("[data-take-proposed]").forEach((button) => {
    const day = button.previousElementSibling;
    button.hidden = false;
    button.addEventListener("click", () => { day.value = day.dataset.proposed; day.focus(); });
  });
}

document.querySelectorAll("[data-picker]").forEach(watchPicker);
document.querySelectorAll("form[data-plan]").forEach(watchTime);
watchPeople();
takeProposals();
document.getElementById("refusal")?.focus();
