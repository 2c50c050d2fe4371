// Sends form[data-act] without leaving the page and shows the answer's sentence. [data-keep] keeps what was chosen.

const SHOWN_SECONDS = 12;
let timer = 0;

export function tell(board, sentence, tone) {
  const note = board.querySelector("[data-act-note]");
  if (!note) return;
  note.className = `note act-note ${tone}`;
  note.textContent = sentence;
  note.hidden = !sentence;
  window.clearTimeout(timer);
  // A refusal stays until the next act: it says what to do.
  if (tone === "good") timer = window.setTimeout(() => { note.hidden = true; }, SHOWN_SECONDS * 1000);
}

export async function post(address, form) {
  const answer = await fetch(address, { method: "POST", body: form, headers: { "X-Fragment": "1" }, credentials: "same-origin" });
  if (answer.redirected || answer.status === 401) {
    window.location.reload();
    return { ok: false, body: {} };
  }
  const body = answer.headers.get("Content-Type")?.includes("json") ? await answer.json() : {};
  return { ok: answer.ok, status: answer.status, body };
}

export function bindForms(board) {
  board.addEventListener("submit", async (event) => {
    const form = event.target.closest("form[data-act]");
    if (!form || event.defaultPrevented) return;
    event.preventDefault();
    const button = event.submitter;
    const body = new FormData(form, button);
    button?.setAttribute("aria-busy", "true");
    try {
      const answer = await post(button?.getAttribute("formaction") || form.action, body);
      if (answer.ok) {
        tell(board, answer.body.sentence || "", "good");
        clear(form, button);
        form.closest("details.confirm")?.removeAttribute("open");
        board.dispatchEvent(new CustomEvent("done", { detail: { form, button } }));
        document.dispatchEvent(new CustomEvent("board-ask"));
      } else {
        tell(board, answer.body.sentence || form.ownerDocument.title, "bad");
        board.dispatchEvent(new CustomEvent("refused", { detail: { form, button, answer } }));
      }
    } catch {
      tell(board, board.querySelector("[data-link]")?.dataset.lost ?? "", "bad");
    } finally {
      button?.removeAttribute("aria-busy");
    }
  });
}

function clear(form, button) {
  if (!("keep" in form.dataset)) {
    form.reset();
    return;
  }
  for (const input of form.querySelectorAll("input[name=note], input[name=count]")) input.value = "";
  const more = button?.closest("details");
  if (more) more.removeAttribute("open");
}
