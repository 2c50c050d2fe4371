// SHA-256 of stretches of a file: by the browser where it can (short ones, over https), else by the worker.

const SHORT = 16 * 1024 * 1024;

export class Hasher {
  constructor() {
    this.waiting = new Map();
  }

  // The bytes of the sum; rejects where the file cannot be read.
  async sum(file, start, end, onShare = () => {}) {
    if (crypto.subtle && end - start <= SHORT) {
      return new Uint8Array(await crypto.subtle.digest("SHA-256", await file.slice(start, end).arrayBuffer()));
    }
    const id = this.waiting.size ? Math.max(...this.waiting.keys()) + 1 : 1;
    return new Promise((resolve, reject) => {
      this.waiting.set(id, { resolve, reject, onShare });
      this.worker().postMessage({ id, file, start, end });
    });
  }

  worker() {
    if (this.made) return this.made;
    this.made = new Worker(new URL("./hash_worker.js", import.meta.url), { type: "module" });
    this.made.addEventListener("message", ({ data }) => {
      const { resolve, reject, onShare } = this.waiting.get(data.id);
      if (data.share !== undefined) {
        onShare(data.share);
        return;
      }
      this.waiting.delete(data.id);
      if (data.sha256) resolve(data.sha256);
      else reject(new Error(data.fault));
    });
    this.made.addEventListener("error", () => {
      this.waiting.forEach(({ reject }) => reject(new Error("worker")));
      this.waiting.clear();
      this.made = null;
    });
    return this.made;
  }
}

export function hex(bytes) {
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

export function base64(bytes) {
  return btoa(String.fromCharCode(...bytes));
}
