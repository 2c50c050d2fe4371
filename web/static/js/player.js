// Plays the sound of a line: [data-play="12.5-18.2"] (seconds from the start) on the page's one <audio data-player>.

const player = document.querySelector("audio[data-player]");

if (player) {
  let stopAt = null;

  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-play]");
    if (!button) return;
    const [start, end] = button.dataset.play.split("-").map(Number);
    const isPlaying = !player.paused && stopAt === end && player.currentTime >= start && player.currentTime < end;
    if (isPlaying) {
      player.pause();
      return;
    }
    stopAt = end;
    player.currentTime = start;
    player.play();
  });

  player.addEventListener("timeupdate", () => {
    if (stopAt !== null && player.currentTime >= stopAt) {
      player.pause();
      stopAt = null;
    }
    mark(player.currentTime);
  });

  player.addEventListener("seeking", () => {
    if (stopAt !== null && player.currentTime > stopAt) stopAt = null;
  });

  const lines = [...document.querySelectorAll("[data-from][data-to]")];

  function mark(second) {
    for (const line of lines) {
      const spoken = !player.paused && second >= Number(line.dataset.from) && second < Number(line.dataset.to);
      line.classList.toggle("playing", spoken);
    }
  }

  player.addEventListener("pause", () => lines.forEach((line) => line.classList.remove("playing")));
}
