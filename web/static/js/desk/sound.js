// The sound of the meeting: a stretch once or in a loop, from a word on, slower or faster at the same pitch.
// In: the page's one <audio>. Out: events "time" while it plays and "state".

export const RATES = [0.5, 0.75, 1, 1.25, 1.5, 2];

export class Sound extends EventTarget {
  constructor(audio) {
    super();
    this.audio = audio;
    this.stretch = null; // { start, end } that ends the playing, or begins it again
    this.isLooping = false;
    if (!audio) return;
    audio.preservesPitch = true;
    for (const name of ["play", "pause", "ratechange", "loadedmetadata", "error"]) {
      audio.addEventListener(name, () => this.told());
    }
    audio.addEventListener("play", () => this.watch());
    audio.addEventListener("seeked", () => this.dispatchEvent(new Event("time")));
  }

  get now() {
    return this.audio?.currentTime ?? 0;
  }

  get isPlaying() {
    return Boolean(this.audio) && !this.audio.paused;
  }

  told() {
    this.dispatchEvent(new Event("state"));
  }

  play(start, end = null) {
    if (!this.audio) return;
    this.stretch = end === null ? null : { start, end };
    this.audio.currentTime = start;
    this.audio.play().catch(() => this.told());
  }

  toggle() {
    if (!this.audio) return;
    if (this.isPlaying) this.audio.pause();
    else this.audio.play().catch(() => this.told());
  }

  pause() {
    this.audio?.pause();
  }

  // The same line again and again, until it is asked for once more.
  loop(start, end) {
    this.isLooping = !this.isLooping;
    if (this.isLooping) this.play(start, end);
    else this.stretch = null;
    this.told();
  }

  skip(seconds) {
    if (!this.audio) return;
    this.audio.currentTime = Math.max(0, this.now + seconds);
    if (this.stretch && (this.now < this.stretch.start || this.now > this.stretch.end)) this.stretch = null;
  }

  faster(steps) {
    if (!this.audio) return;
    const place = RATES.indexOf(this.audio.playbackRate);
    this.setRate(RATES[Math.min(RATES.length - 1, Math.max(0, (place < 0 ? 2 : place) + steps))]);
  }

  setRate(rate) {
    if (this.audio) this.audio.playbackRate = rate;
  }

  watch() {
    const step = () => {
      if (!this.isPlaying) return;
      if (this.stretch && this.now >= this.stretch.end) {
        if (this.isLooping) {
          this.audio.currentTime = this.stretch.start;
        } else {
          this.stretch = null;
          this.audio.pause();
        }
      }
      this.dispatchEvent(new Event("time"));
      requestAnimationFrame(step);
    };
    requestAnimationFrame(step);
  }
}
