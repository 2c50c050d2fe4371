// Loads the page again after [data-reload-seconds], while somebody waits at the door.
const waiting = document.querySelector("[data-reload-seconds]");
if (waiting) window.setTimeout(() => window.location.reload(), Number(waiting.dataset.reloadSeconds) * 1000);
