// Lists that hang from the top bar close when one looks elsewhere; without this script they close by their own summary.

const lists = () => document.querySelectorAll(".topbar details[open]");

document.addEventListener("click", (event) => {
  for (const list of lists()) if (!list.contains(event.target)) list.open = false;
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const list of lists()) {
    if (list.contains(document.activeElement)) list.querySelector("summary").focus();
    list.open = false;
  }
});
