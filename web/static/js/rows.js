// Adds another empty row to a list of rows: [data-rows] holds them, [data-add-row] asks for one more.

document.querySelectorAll("[data-rows]").forEach((list) => {
  const button = document.querySelector(`[data-add-row="${list.id}"]`);
  if (!button) return;
  button.hidden = false;
  button.addEventListener("click", () => {
    const copy = list.lastElementChild.cloneNode(true);
    copy.querySelectorAll("input, textarea").forEach((field) => { field.value = ""; });
    copy.querySelectorAll("select").forEach((field) => { field.selectedIndex = 0; });
    list.append(copy);
    copy.querySelector("input, textarea").focus();
  });
});
