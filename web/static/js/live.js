// Keeps fragments of a page fresh: [data-live] names the address of its own HTML. A fragment that answers with
// data-active="no" on its first element is finished and asked for no more.

const SLOWEST_SECONDS = 30;

function watch(region) {
  let waitSeconds = Number(region.dataset.liveSeconds || 2);

  async function refresh() {
    if (document.hidden) {
      again();
      return;
    }
    try {
      const answer = await fetch(region.dataset.live, { headers: { "X-Fragment": "1" }, credentials: "same-origin" });
      if (answer.status === 401 || answer.redirected) {
        if (document.querySelector("[data-sending]")) again();
        else window.location.reload();
        return;
      }
      if (answer.ok) {
        const html = await answer.text();
        if (html !== region.dataset.shown) {
          const open = [...region.querySelectorAll("details[open][id]")].map((item) => item.id);
          region.innerHTML = html;
          region.dataset.shown = html;
          open.forEach((id) => document.getElementById(id)?.setAttribute("open", ""));
        }
        waitSeconds = Number(region.dataset.liveSeconds || 2);
        if (region.firstElementChild?.dataset.active === "no") {
          // Not while a file is being sent from this page.
          const sending = document.querySelector("[data-sending]");
          if (region.dataset.reloadWhenDone && region.dataset.wasActive && !sending) window.location.reload();
          return;
        }
        region.dataset.wasActive = "yes";
      }
    } catch {
      // The line is down: ask again, less and less often.
      waitSeconds = Math.min(waitSeconds * 2, SLOWEST_SECONDS);
    }
    again();
  }

  function again() {
    window.setTimeout(refresh, waitSeconds * 1000);
  }

  // A fragment still empty is asked for at once.
  if (region.dataset.liveNow) refresh();
  else if (region.firstElementChild?.dataset.active !== "no") again();
}

document.querySelectorAll("[data-live]").forEach(watch);
