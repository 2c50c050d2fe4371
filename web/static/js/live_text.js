// What is being said: adds finished lines, replaces the growing ones, and stays at the newest unless somebody reads back.

import { follow } from "./console_stream.js";
import { fill } from "./console_fill.js";

const MOST_LINES = 400;
const NEAR_END = 40;

function bind(section) {
  const [lines, phrases, scroll, end] = ["lines", "phrases", "scroll", "end"].map((name) => section.querySelector(`[data-live-${name}]`));
  const row = section.querySelector("template[data-live-row]");
  let reading = false;

  function make(item, goingOn) {
    const line = row.content.firstElementChild.cloneNode(true);
    line.dataset.key = item.id;
    line.classList.toggle("going-on", goingOn);
    fill(line, item);
    return line;
  }

  function toEnd() {
    scroll.scrollTop = scroll.scrollHeight;
  }

  function show(told) {
    const word = section.querySelector("[data-live-word]");
    word.textContent = told.status.word;
    word.dataset.tone = told.status.tone;
    const hint = section.querySelector("[data-live-hint]");
    hint.textContent = told.status.hint;
    hint.hidden = !told.status.hint;
    for (const item of told.lines) {
      if (!lines.querySelector(`[data-key="${item.id}"]`)) lines.append(make(item, false));
    }
    while (lines.children.length > MOST_LINES) lines.firstElementChild.remove();
    const known = new Map([...phrases.children].map((child) => [child.dataset.key, child]));
    for (const item of told.phrases) {
      const line = known.get(item.id);
      known.delete(item.id);
      if (line) fill(line, item);
      else phrases.append(make(item, true));
    }
    known.forEach((line) => line.remove());
    if (!reading) toEnd();
    end.hidden = !reading;
  }

  scroll.addEventListener("scroll", () => {
    reading = scroll.scrollHeight - scroll.scrollTop - scroll.clientHeight > NEAR_END;
    end.hidden = !reading;
  });
  end.addEventListener("click", () => {
    reading = false;
    toEnd();
    end.hidden = true;
    scroll.focus();
  });
  toEnd();
  follow(section, show);
}

document.querySelectorAll("[data-live-text]").forEach(bind);
