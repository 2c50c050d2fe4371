// The sound of the meeting as a picture, its speakers in colour. In: the desk, a place in the page. Out: { colour }.
// The heights were reckoned on the server; the recording itself is never read for them.

import RegionsPlugin from "wavesurfer.js/dist/plugins/regions.esm.js";
import WaveSurfer from "wavesurfer.js";

const PIXELS_PER_SECOND = 12;
// Neighbouring lines of one speaker are one stretch of colour.
const JOIN_SECONDS = 3;

export async function draw(desk, place) {
  const { peaks: address, nonce } = desk.page.dataset;
  const answer = await fetch(address, { credentials: "same-origin" }).catch(() => null);
  const { audio } = desk.sound;
  // Without its rate the answer is something else, the sign-in page of an ended session for one: a length that is not
  // finite would keep wavesurfer drawing for ever.
  const rate = Number(answer?.headers.get("X-Peaks-Per-Second"));
  if (answer?.status !== 200 || !(rate > 0)) {
    place.hidden = true;
    return null;
  }
  const heights = Float32Array.from(new Uint8Array(await answer.arrayBuffer()), (height) => height / 255);
  const seconds = heights.length / rate;
  const style = getComputedStyle(desk.page);
  const regions = RegionsPlugin.create();
  const wave = WaveSurfer.create({
    container: place,
    media: audio,
    peaks: [heights],
    duration: seconds,
    height: place.clientHeight,
    minPxPerSec: PIXELS_PER_SECOND,
    waveColor: style.getPropertyValue("--muted").trim(),
    progressColor: style.getPropertyValue("--ink").trim(),
    cursorColor: style.getPropertyValue("--seal").trim(),
    cursorWidth: 2,
    normalize: true,
    cspNonce: nonce,
    plugins: [regions],
  });
  // A click plays from there on; the line under it becomes the current one.
  wave.on("interaction", (second) => {
    desk.sound.stretch = null;
    const id = desk.lineAt(second);
    if (id) {
      desk.reveal(id);
      desk.list.show(id, { where: "middle" });
      desk.rows.choose(id);
    }
  });

  function colour() {
    const colours = getComputedStyle(desk.page);
    regions.clearRegions();
    for (const { start, end, name } of stretches(desk.store)) {
      const tone = colours.getPropertyValue(`--v${desk.colourOf(name)}`).trim();
      regions.addRegion({ start, end, color: `color-mix(in srgb, ${tone} 28%, transparent)`, drag: false, resize: false });
    }
  }

  await new Promise((resolve) => { wave.once("ready", resolve); });
  colour();
  place.dataset.drawn = "true";
  return { colour, wave };
}

function stretches(store) {
  const found = [];
  for (const id of store.order) {
    const line = store.lines.get(id);
    if (store.isAside(line)) continue;
    const last = found.at(-1);
    if (last && last.name === line.speaker && line.start - last.end < JOIN_SECONDS) last.end = line.end;
    else found.push({ start: line.start, end: line.end, name: line.speaker });
  }
  return found;
}
