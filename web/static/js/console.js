// The console and the wall: fills the page from the meeting's snapshot as it changes, counts the clock, takes keys, and
// sends forms without leaving the page. Without this module every form still works and a reload shows the present.

import { follow } from "./console_stream.js";
import { fillBoard } from "./console_fill.js";
import { tick } from "./console_clock.js";
import { bindForms } from "./console_forms.js";
import { bindKeys } from "./console_keys.js";
import { bindPlaces } from "./console_places.js";

const board = document.querySelector("[data-board]");

if (board) {
  const places = bindPlaces(board);

  tick(board);
  bindForms(board);
  bindKeys(board);
  follow(board, (snapshot) => {
    if (snapshot.structure !== board.dataset.structure) {
      // Other people, other endpoints, another state of the meeting: other buttons. Typed text is not thrown away.
      const typing = [...board.querySelectorAll("input:not([type=hidden]):not([type=radio]):not([type=checkbox])")].some(
        (input) => input === document.activeElement && input.value !== input.defaultValue,
      );
      if (!typing && !board.dataset.inRoom) window.location.reload();
    }
    fillBoard(board, snapshot);
    places.refresh();
    document.dispatchEvent(new CustomEvent("board", { detail: snapshot }));
  });
}
