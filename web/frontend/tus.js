// Sends a file in parts that survive a lost line: the browser's half of tus 1.0.
export { Upload } from "tus-js-client";
