// Sums up a stretch of a file beside the page, a few megabytes at a time.
// In: { id, file, start, end }. Out: { id, share } on the way, { id, sha256 } at the end, { id, fault }.

import { sha256 } from "../../built/sha256.js";

const STEP = 4 * 1024 * 1024;

self.addEventListener("message", async ({ data: { id, file, start, end } }) => {
  try {
    const sum = sha256.create();
    for (let at = start; at < end; at += STEP) {
      sum.update(new Uint8Array(await file.slice(at, Math.min(at + STEP, end)).arrayBuffer()));
      self.postMessage({ id, share: (Math.min(at + STEP, end) - start) / (end - start) });
    }
    self.postMessage({ id, sha256: sum.digest() });
  } catch (fault) {
    self.postMessage({ id, fault: String(fault) }); // the file was changed or taken away while it was read
  }
});
