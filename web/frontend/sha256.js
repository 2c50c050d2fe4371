// SHA-256 piece by piece: the browser's own wants all of a file at once, and is not there without https.
export { sha256 } from "@noble/hashes/sha2.js";
