// Follows a meeting: server-sent events, and asking every few seconds where the stream is cut or refused.

const SILENCE_SECONDS = 25;
const ASK_SECONDS = 3;
const STREAM_AGAIN_SECONDS = 30;

export function follow(board, show) {
  const light = board.querySelector("[data-link]");
  let version = board.dataset.version;
  let source = null;
  let watchdog = 0;
  let asking = 0;

  function say(state) {
    if (!light || light.dataset.link === state) return;
    light.dataset.link = state;
    light.textContent = light.getAttribute(`data-says-${state}`);
  }

  function take(snapshot) {
    version = snapshot.version;
    show(snapshot);
  }

  function heard() {
    say("live");
    stopAsking();
    window.clearTimeout(watchdog);
    watchdog = window.setTimeout(giveUp, SILENCE_SECONDS * 1000);
  }

  function listen() {
    source?.close();
    const address = new URL(board.dataset.board, window.location.href);
    address.searchParams.set("known", version);
    source = new EventSource(address);
    source.addEventListener("open", heard);
    source.addEventListener("beat", heard);
    source.addEventListener("board", (event) => {
      heard();
      take(JSON.parse(event.data));
    });
    source.addEventListener("error", () => {
      // A stream ends by itself every minute and comes again; one that was refused is closed for good.
      if (source.readyState === EventSource.CLOSED) giveUp();
      else if (light?.dataset.link !== "asking") window.clearTimeout(watchdog), (watchdog = window.setTimeout(giveUp, 6000));
    });
  }

  function giveUp() {
    source?.close();
    window.clearTimeout(watchdog);
    startAsking();
    window.setTimeout(listen, STREAM_AGAIN_SECONDS * 1000);
  }

  function startAsking() {
    if (!asking) asking = window.setTimeout(ask, 0);
  }

  function stopAsking() {
    window.clearTimeout(asking);
    asking = 0;
  }

  async function ask() {
    try {
      const answer = await fetch(board.dataset.ask, { headers: { "If-None-Match": `"${version}"` }, credentials: "same-origin" });
      if (answer.redirected || answer.status === 401 || answer.status === 404) {
        window.location.reload();
        return;
      }
      if (answer.ok) take(await answer.json());
      if (answer.ok || answer.status === 304) say("asking");
      else say("lost");
    } catch {
      say("lost");
    }
    if (asking) asking = window.setTimeout(ask, ASK_SECONDS * 1000);
  }

  document.addEventListener("board-ask", async () => {
    // Somebody has just acted here: the answer shall not wait for the next look of the stream.
    const answer = await fetch(board.dataset.ask, { headers: { "If-None-Match": `"${version}"` }, credentials: "same-origin" }).catch(() => null);
    if (answer?.ok && !answer.redirected) take(await answer.json());
  });
  window.addEventListener("pagehide", () => source?.close());
  listen();
}
