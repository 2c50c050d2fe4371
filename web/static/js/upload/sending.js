// One file on its way, over as many lines, sessions and servers as it takes.
// In: the file and where it belongs. Out: events "progress" (detail: bytes sent), "state" (detail: { name, sentence }).

import { base64 } from "./hasher.js";

const MIB = 1024 * 1024;
// Without one byte getting through: about an hour, then a person has to look.
const DELAYS_MS = [0, 500, 1000, 2000, 3000, 5000, 10_000, ...Array(120).fill(30_000)];
const FULL = 507;
const DAMAGED = 460;

// What one request brings: little enough that losing it is not seen on the bar, enough that asking costs nothing.
export function partBytes(size) {
  return Math.min(8 * MIB, Math.max(MIB, Math.ceil(size / 256 / MIB) * MIB));
}

export class Sending extends EventTarget {
  constructor(Upload, file, { endpoint, url, metadata, wire, hasher }) {
    super();
    Object.assign(this, { Upload, file, endpoint, url, metadata, wire, hasher });
    this.isRunning = false;
    this.part = partBytes(file.size);
    this.back = () => { if (this.isRunning) this.restart(); };
    this.look = () => { if (!document.hidden && this.isSignedOut) this.resume(); };
  }

  // Resolves when the last byte is there, or the file was given up.
  start() {
    window.addEventListener("online", this.back);
    document.addEventListener("visibilitychange", this.look);
    return new Promise((resolve) => {
      this.done = () => {
        window.removeEventListener("online", this.back);
        document.removeEventListener("visibilitychange", this.look);
        resolve();
      };
      this.run();
    });
  }

  run() {
    this.isRunning = true;
    this.isSignedOut = false;
    this.renewed = false;
    this.tell("sending");
    this.upload = new this.Upload(this.file, {
      endpoint: this.endpoint,
      uploadUrl: this.url ?? null,
      metadata: this.metadata,
      chunkSize: this.part,
      retryDelays: DELAYS_MS,
      storeFingerprintForResuming: false,
      onBeforeRequest: (request) => this.prepare(request),
      onUploadUrlAvailable: () => { this.url = this.upload.url; },
      onShouldRetry: (error) => this.again(error),
      // What leaves this machine while the line is bad comes to nothing: only a part that is there ends that.
      onChunkComplete: () => { if (this.state === "offline") this.tell("sending"); },
      onProgress: (sent) => {
        if (this.state !== "offline") this.dispatchEvent(new CustomEvent("progress", { detail: sent }));
      },
      onSuccess: () => {
        this.isRunning = false;
        this.done();
      },
      onError: (error) => this.stop(error),
    });
    this.upload.start();
  }

  async prepare(request) {
    request.setHeader("X-CSRFToken", this.wire.token);
    if (request.getMethod() !== "PATCH") return;
    const start = Number(request.getHeader("Upload-Offset"));
    const sum = await this.hasher.sum(this.file, start, Math.min(start + this.part, this.file.size));
    request.setHeader("Upload-Checksum", `sha256 ${base64(sum)}`);
  }

  // Whether another try may help by itself; says meanwhile what is the matter.
  again(error) {
    const status = error.originalResponse?.getStatus() ?? 0;
    const may = status === 0 || status === 409 || status === 423 || status === 429 || status === DAMAGED
      || (status >= 500 && status !== FULL);
    if (may) this.tell("offline");
    return may;
  }

  async stop(error) {
    this.isRunning = false;
    const response = error.originalResponse;
    const told = read(response)?.error;
    if (response?.getStatus() === 400 && told?.code === "form_expired" && !this.renewed) {
      await this.resume();
      this.renewed = true;
      return;
    }
    if (response?.getStatus() === 401) this.signedOut("signed_out");
    else this.tell("stopped", told?.message ?? "");
  }

  signedOut(name) {
    this.isSignedOut = true;
    this.tell(name);
  }

  async pause() {
    this.isRunning = false;
    await this.upload.abort();
    this.tell("paused");
  }

  // After a pause, an ended session or a fault: where it stopped, with the token of today.
  async resume() {
    if (this.isRunning) return;
    this.isRunning = true;
    const waiting = await this.wire.renew();
    this.isRunning = false;
    if (waiting && waiting.waits !== "offline") this.signedOut(waiting.waits.replace("-", "_"));
    else this.run();
  }

  // The line is back: no need to wait for the next try.
  async restart() {
    await this.upload.abort();
    if (this.isRunning) this.run();
  }

  // Away with it, here and on the server.
  async drop() {
    this.isRunning = false;
    await this.upload.abort();
    if (this.url) {
      await fetch(this.url, {
        method: "DELETE",
        credentials: "same-origin",
        headers: { "X-CSRFToken": this.wire.token, "Tus-Resumable": "1.0.0" },
      }).catch(() => null); // what stays there expires by itself
    }
    this.isDropped = true;
    this.tell("dropped");
    this.done();
  }

  tell(name, sentence = "") {
    this.state = name;
    this.dispatchEvent(new CustomEvent("state", { detail: { name, sentence } }));
  }
}

function read(response) {
  try {
    return JSON.parse(response?.getBody() || "null");
  } catch {
    return null;
  }
}
