// What the server has already: the same recording, or the beginning of this very file.
// Nothing is taken on trust: names and sizes only say where it is worth comparing sums.

import { hex } from "./hasher.js";

async function items(url) {
  const answer = await fetch(url, { credentials: "same-origin" });
  return answer.ok ? (await answer.json()).items : [];
}

// The recording with these very bytes; null for none, or where nobody can say.
export async function sameRecording(file, url, hasher, onShare) {
  try {
    const alike = (await items(url)).filter(({ size_bytes: size }) => size === file.size);
    if (!alike.length) return null;
    const sum = hex(await hasher.sum(file, 0, file.size, onShare));
    return alike.find(({ sha256 }) => sha256 === sum) ?? null;
  } catch {
    return null; // the server compares again when it has the bytes
  }
}

// One's unfinished uploads that may be of this file: the same name and size.
export async function begun(files, url) {
  try {
    const left = await items(url);
    return files.map((file) => left.filter((row) => row.size_bytes === file.size
      && row.original_name === file.name.normalize("NFC").trim()));
  } catch {
    return files.map(() => []);
  }
}

// Whether the file begins with the bytes that the server has of it.
export async function beginsLike(file, url, hasher, onShare) {
  try {
    const answer = await fetch(url, { credentials: "same-origin" });
    if (!answer.ok) return false;
    const { parts, offset_bytes: there } = await answer.json();
    for (const part of parts) {
      const end = part.offset_bytes + part.size_bytes;
      const sum = await hasher.sum(file, part.offset_bytes, end, (share) => {
        onShare((part.offset_bytes + share * part.size_bytes) / there);
      });
      if (hex(sum) !== part.sha256) return false;
      onShare(end / there);
    }
    return true;
  } catch {
    return false;
  }
}
