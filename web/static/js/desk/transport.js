// Buttons of the sound: play, back, on, loop, rate, time. Out: calls of the sound; the buttons show its state.

import { timecode } from "./store.js";

export function bindPlayer(desk) {
  const bar = desk.page.querySelector("[data-player-bar]");
  if (!bar || !desk.sound.audio) return;
  const { sound } = desk;
  const part = (name) => bar.querySelector(`[data-do=${name}]`);
  part("play").addEventListener("click", () => sound.toggle());
  part("back").addEventListener("click", () => sound.skip(-3));
  part("on").addEventListener("click", () => sound.skip(3));
  part("loop").addEventListener("click", () => desk.loop());
  part("rate").addEventListener("change", (event) => sound.setRate(Number(event.target.value)));
  const time = bar.querySelector("[data-time]");
  const length = () => (Number.isFinite(sound.audio.duration) ? timecode(sound.audio.duration) : timecode(Number(desk.page.dataset.seconds)));

  function show() {
    part("play").textContent = sound.isPlaying ? "❚❚" : "▶";
    part("play").setAttribute("aria-label", sound.isPlaying ? desk.words.pause : desk.words.play);
    part("loop").setAttribute("aria-pressed", String(sound.isLooping));
    part("rate").value = String(sound.audio.playbackRate);
    tick();
  }

  function tick() {
    const shown = `${timecode(sound.now)} / ${length()}`;
    if (time.textContent !== shown) time.textContent = shown;
  }

  sound.addEventListener("state", show);
  sound.addEventListener("time", tick);
  show();
}
