// Saves one line without leaving the page. Every form on the page names the revision it was made from; after a save all
// of them name the new one. Where somebody else has saved, the form is sent the ordinary way and the server shows both.

const list = document.querySelector("[data-transcript]");

async function save(form) {
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
  if (!answer.ok) {
    fail(line, told.error.message);
    return;
  }
  document.querySelectorAll("input[name=base_number]").forEach((field) => { field.value = told.number; });
  const segment = form.closest(".segment");
  segment.querySelector("[data-said]").textContent = typed.text;
  if (typed.speaker) segment.querySelector("[data-speaker]").textContent = typed.speaker;
  line.textContent = list.dataset.saved;
  const details = form.closest("details");
  details.open = false;
  details.querySelector("summary").focus();
}

function fail(line, sentence) {
  line.textContent = sentence;
  line.classList.add("error");
}

if (list) {
  list.addEventListener("submit", (event) => {
    event.preventDefault();
    save(event.target);
  });
  list.addEventListener("toggle", (event) => {
    if (event.target.open) event.target.querySelector("textarea")?.focus();
  }, true);
}
