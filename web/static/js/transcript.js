// Saves one line without leaving the page. Every form on the page names the revision it was made from; after a save all
// of them name the new one. Where somebody else has saved, the form is sent the ordinary way and the server shows both.
// What is typed stays on this machine until it is saved: an ended session or a closed tab loses nothing.

const lists = document.querySelectorAll("[data-transcript]");

async function save(list, form) {
  const line = form.querySelector("[data-line]");
  line.classList.remove("error");
  line.textContent = list.dataset.saving;
  const typed = {
    base_number: Number(form.elements.base_number.value),
    text: form.elements.text.value,
    speaker: form.elements.speaker.value || null,
  };
  let answer;
  try {
    answer = await fetch(form.dataset.api, {
      method: "PATCH",
      credentials: "same-origin",
      headers: { "Content-Type": "application/json", "X-CSRFToken": form.elements.csrf_token.value },
      body: JSON.stringify(typed),
    });
  } catch {
    fail(line, list.dataset.failed);
    return;
  }
  if (answer.status === 409) {
    form.submit();
    return;
  }
  const told = await answer.json();
  if (answer.status === 401) {
    fail(line, told.error.message);
    const again = document.createElement("a");
    again.href = list.dataset.signInUrl;
    again.textContent = list.dataset.signIn;
    line.append(" ", again);
    return;
  }
  if (!answer.ok) {
    fail(line, told.error.message);
    return;
  }
  keep(form, null);
  document.querySelectorAll("input[name=base_number]").forEach((field) => { field.value = told.number; });
  const segment = form.closest(".segment");
  segment.querySelector("[data-said]").textContent = typed.text;
  const speaker = segment.querySelector("[data-speaker]");
  if (typed.speaker && typed.speaker !== speaker.textContent) {
    // The name is a person's now: the machine's certainty says nothing of it.
    segment.querySelector("a.badge")?.remove();
    speaker.textContent = typed.speaker;
  }
  line.textContent = list.dataset.saved;
  const details = form.closest("details");
  details.open = false;
  details.querySelector("summary").focus();
}

function fail(line, sentence) {
  line.textContent = sentence;
  line.classList.add("error");
}

function keep(form, text) {
  const name = `go-bang:dong:${form.dataset.api}`;
  try {
    if (text === null) localStorage.removeItem(name);
    else localStorage.setItem(name, JSON.stringify({ at: Date.now(), text }));
  } catch {
    // No storage: the page works as it did.
  }
}

// Typed before, never saved: the line opens with it, the person decides.
function offer(form) {
  let kept = null;
  try {
    kept = JSON.parse(localStorage.getItem(`go-bang:dong:${form.dataset.api}`));
  } catch {
    return;
  }
  if (!kept) return;
  if (kept.text === form.elements.text.value) {
    keep(form, null);
    return;
  }
  form.elements.text.value = kept.text;
  form.closest("details").open = true;
}

for (const list of lists) {
  list.querySelectorAll("form[data-api]").forEach(offer);
  list.addEventListener("input", (event) => {
    const form = event.target.closest("form[data-api]");
    if (form && event.target.name === "text") keep(form, event.target.value);
  });
  list.addEventListener("submit", (event) => {
    if (!event.target.dataset.api) return;
    event.preventDefault();
    save(list, event.target);
  });
  list.addEventListener("toggle", (event) => {
    if (event.target.open) event.target.querySelector("textarea")?.focus();
  }, true);
}
