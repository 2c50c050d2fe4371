// The key "/" leads to the search field of the head, from everywhere but a place where one writes. Who speaks to the
// computer instead of typing turns it off on the page of the search.

const STORED = "find-key-off";
const field = document.getElementById("tim-chung");
const box = document.querySelector("[data-find-key]");

function writes(element) {
  return element.isContentEditable || /^(?:input|textarea|select)$/i.test(element.tagName);
}

function isTaken() {
  // A page with a filter of its own keeps the key for that.
  return document.querySelector("dialog[open], [data-filter]") || window.localStorage.getItem(STORED) === "1";
}

if (box) {
  box.checked = window.localStorage.getItem(STORED) !== "1";
  box.closest("[hidden]").hidden = false;
  box.addEventListener("change", () => {
    if (box.checked) window.localStorage.removeItem(STORED);
    else window.localStorage.setItem(STORED, "1");
  });
}

if (field) {
  document.addEventListener("keydown", (event) => {
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (event.defaultPrevented || writes(event.target) || isTaken()) return;
    event.preventDefault();
    field.focus();
    field.select();
  });
}
