// How far a file has come, how fast, and how long it will take: what is measured, never what would be nice.
// In: bytes that are on their way or there, with the moment. Out: a share that never goes back, speed, seconds left.

const WINDOW_MS = 15_000;
const LEAST_MS = 2500;
const STILL_MS = 6000;

export class Meter {
  constructor(total) {
    this.total = total;
    this.shown = 0; // what the bar has shown: a part sent again does not take it back
    this.there = 0; // what is measured now
    this.samples = [];
  }

  // Bytes of the file that have left this machine; fewer than before where some have to be sent again.
  at(bytes, now) {
    if (bytes < this.there) this.samples = []; // a line broke: the speed before it says nothing
    if (bytes !== this.there || !this.samples.length) this.samples.push({ bytes, now });
    this.there = bytes;
    this.shown = Math.max(this.shown, Math.min(bytes, this.total));
    while (this.samples.length > 2 && now - this.samples[0].now > WINDOW_MS) this.samples.shift();
  }

  // Sending begins anew after a pause: the time in between must not count as slowness.
  again() {
    this.samples = [];
  }

  isStill(now) {
    const last = this.samples.at(-1);
    return Boolean(last) && now - last.now > STILL_MS;
  }

  // Bytes per second; null while too little is known.
  speed(now) {
    const [first, last] = [this.samples[0], this.samples.at(-1)];
    if (!first || last === first || now - first.now < LEAST_MS || this.isStill(now)) return null;
    return (last.bytes - first.bytes) / ((now - first.now) / 1000) || null;
  }

  // Seconds until the last byte is there, by the speed of the last seconds; null where nobody can say.
  remaining(now) {
    const speed = this.speed(now);
    return speed ? (this.total - this.there) / speed : null;
  }
}
