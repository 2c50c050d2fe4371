// The endpoint's test page. Picture and sound stay in this browser; only results, names of devices and figures are sent.

const page = document.querySelector("[data-check]");
const found = { camera: "not_tested", microphone: "not_tested", speakers: "not_tested", browser_fits: false };
const HEARD_LEVEL = 4;
const PINGS = 5;
const TRANSFERS = 3;
let stream = null;
let sound = null;

const part = (step, name) => page.querySelector(`[data-step="${step}"] ${name}`);

function tell(step, result, words = "") {
  const badge = part(step, "[data-verdict]");
  const tones = { good: "good", bad: "bad", running: "warn" };
  badge.dataset.tone = tones[result] ?? "";
  badge.textContent = page.dataset[{ not_tested: "notTested" }[result] ?? result];
  const told = part(step, "[data-told]");
  if (told && (words || result === "running")) told.textContent = words;
  if (step in found && result !== "running") found[step] = result;
}

function tryBrowser() {
  const fits = Boolean(window.RTCPeerConnection && navigator.mediaDevices?.getUserMedia && window.AudioContext);
  found.browser_fits = fits;
  const brand = navigator.userAgentData?.brands?.filter((item) => !/not/i.test(item.brand)).at(-1);
  found.browser = brand ? `${brand.brand} ${brand.version}, ${navigator.userAgentData.platform}` : navigator.userAgent.slice(0, 110);
  tell("browser", fits ? "good" : "bad", fits ? found.browser : page.dataset.unfit);
  part("camera", "[data-start]").disabled = !fits;
}

function reason(error) {
  if (error.name === "NotAllowedError" || error.name === "SecurityError") return page.dataset.denied;
  if (error.name === "NotReadableError" || error.name === "AbortError") return page.dataset.taken;
  return page.dataset.missing;
}

async function start(wanted = {}) {
  stop();
  tell("camera", "running");
  tell("microphone", "running", part("microphone", "[data-told]").textContent);
  const ask = (id) => (id ? { deviceId: { exact: id } } : true);
  try {
    stream = await navigator.mediaDevices.getUserMedia({ video: ask(wanted.camera), audio: ask(wanted.microphone) });
  } catch (error) {
    // One of the two may work: each is tried by itself, so that the result names the one that does not.
    const parts = await Promise.allSettled([
      navigator.mediaDevices.getUserMedia({ video: ask(wanted.camera) }),
      navigator.mediaDevices.getUserMedia({ audio: ask(wanted.microphone) }),
    ]);
    const tracks = parts.flatMap((item) => (item.status === "fulfilled" ? item.value.getTracks() : []));
    if (parts[0].status === "rejected") tell("camera", "bad", reason(parts[0].reason));
    if (parts[1].status === "rejected") tell("microphone", "bad", reason(parts[1].reason));
    if (!tracks.length) {
      tell("camera", "bad", reason(error));
      return;
    }
    stream = new MediaStream(tracks);
  }
  page.querySelector("[data-devices]").hidden = false;
  await listDevices();
  watchPicture();
  watchLevel();
}

function stop() {
  stream?.getTracks().forEach((track) => track.stop());
  sound?.close();
  stream = sound = null;
}

async function listDevices() {
  const devices = await navigator.mediaDevices.enumerateDevices();
  const lists = { videoinput: page.querySelector("[data-cameras]"), audioinput: page.querySelector("[data-microphones]") };
  const chosen = { videoinput: stream.getVideoTracks()[0], audioinput: stream.getAudioTracks()[0] };
  for (const [kind, list] of Object.entries(lists)) {
    list.replaceChildren(
      ...devices.filter((item) => item.kind === kind).map((item) => new Option(item.label, item.deviceId, false, item.label === chosen[kind]?.label)),
    );
  }
  found.camera_name = chosen.videoinput?.label ?? "";
  found.microphone_name = chosen.audioinput?.label ?? "";
  found.speakers_name = devices.find((item) => item.kind === "audiooutput")?.label ?? "";
}

function watchPicture() {
  const picture = page.querySelector("[data-picture]");
  const [track] = stream.getVideoTracks();
  if (!track) return;
  const mine = stream;
  picture.srcObject = stream;
  picture.play().catch(() => {});
  const began = performance.now();
  const look = () => {
    if (stream !== mine) return;
    if (picture.videoWidth > 2 && picture.currentTime > 0) {
      tell("camera", "good", `${track.label}, ${picture.videoWidth} × ${picture.videoHeight}`);
    } else if (performance.now() - began > 8000) {
      tell("camera", "bad", page.dataset.taken);
    } else {
      window.setTimeout(look, 200);
    }
  };
  look();
}

function watchLevel() {
  if (!stream.getAudioTracks().length) return;
  const mine = stream;
  const meter = page.querySelector("[data-level]");
  sound = new AudioContext();
  const analyser = sound.createAnalyser();
  analyser.fftSize = 1024;
  sound.createMediaStreamSource(stream).connect(analyser);
  const samples = new Float32Array(analyser.fftSize);
  let heard = 0;
  const began = performance.now();
  const listen = () => {
    if (stream !== mine) return;
    analyser.getFloatTimeDomainData(samples);
    const loudness = Math.sqrt(samples.reduce((sum, value) => sum + value * value, 0) / samples.length);
    // Decibels below the loudest possible, -60 to 0, as 0 to 100.
    const level = Math.max(0, Math.min(100, (20 * Math.log10(loudness || 1e-6) + 60) / 0.6));
    meter.value = level;
    if (level > HEARD_LEVEL) heard += 1;
    if (heard === 5) tell("microphone", "good", stream.getAudioTracks()[0].label);
    else if (heard < 5 && performance.now() - began > 15000 && found.microphone !== "bad") tell("microphone", "bad");
    window.setTimeout(listen, 100);
  };
  listen();
}

async function playTone() {
  const speaker = new AudioContext();
  await speaker.resume();
  const volume = speaker.createGain();
  volume.connect(speaker.destination);
  // Three rising notes: one note alone could be taken for the hum of a room.
  [440, 554.37, 659.25].forEach((pitch, position) => {
    const note = speaker.createOscillator();
    const begins = speaker.currentTime + position * 0.45;
    note.frequency.value = pitch;
    note.connect(volume);
    note.start(begins);
    note.stop(begins + 0.4);
  });
  volume.gain.setValueAtTime(0.25, speaker.currentTime);
  window.setTimeout(() => speaker.close(), 2000);
  tell("speakers", "running");
  part("speakers", "[data-heard]").hidden = false;
}

async function timed(address, options = {}) {
  const began = performance.now();
  const answer = await fetch(address, { cache: "no-store", credentials: "same-origin", ...options });
  if (!answer.ok) throw new Error(`status ${answer.status}`);
  const bytes = (await answer.arrayBuffer()).byteLength;
  return { milliseconds: performance.now() - began, bytes };
}

const middle = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
const mbit = (kbps) => `${(kbps / 1000).toFixed(1).replace(".", ",")} Mbit/s`;

async function measure() {
  const button = part("line", "[data-line-start]");
  const csrf = page.querySelector("[name=csrf_token]").value;
  const size = Number(page.dataset.bytes);
  button.disabled = true;
  tell("line", "running");
  try {
    const trips = [];
    for (let i = 0; i < PINGS; i += 1) trips.push((await timed(page.dataset.ping)).milliseconds);
    found.round_trip_ms = Math.round(middle(trips));
    part("line", "[data-trip]").textContent = `${found.round_trip_ms} ms`;
    const down = [];
    for (let i = 0; i < TRANSFERS; i += 1) {
      const { milliseconds, bytes } = await timed(page.dataset.down);
      down.push((bytes * 8) / milliseconds);
    }
    found.down_kbps = Math.round(middle(down));
    part("line", "[data-down]").textContent = mbit(found.down_kbps);
    const noise = new Uint8Array(size);
    for (let at = 0; at < size; at += 65536) crypto.getRandomValues(noise.subarray(at, Math.min(size, at + 65536)));
    const up = [];
    for (let i = 0; i < TRANSFERS; i += 1) {
      const { milliseconds } = await timed(page.dataset.up, { method: "POST", body: noise, headers: { "X-CSRFToken": csrf, "Content-Type": "application/octet-stream" } });
      up.push((size * 8) / milliseconds);
    }
    found.up_kbps = Math.round(middle(up));
    part("line", "[data-up]").textContent = mbit(found.up_kbps);
    const enough = found.down_kbps >= Number(page.dataset.leastDown) && found.up_kbps >= Number(page.dataset.leastUp) && found.round_trip_ms <= Number(page.dataset.leastRoundTrip);
    tell("line", enough ? "good" : "bad");
  } catch {
    tell("line", "bad", page.dataset.lineFault);
  } finally {
    button.disabled = false;
  }
}

async function send() {
  const note = page.querySelector("[data-sent]");
  const button = page.querySelector("[data-send]");
  button.disabled = true;
  try {
    const answer = await fetch(page.dataset.result, {
      method: "POST",
      credentials: "same-origin",
      headers: { "Content-Type": "application/json", "X-CSRFToken": page.querySelector("[name=csrf_token]").value },
      body: JSON.stringify(found),
    });
    const told = answer.headers.get("Content-Type")?.includes("json") ? await answer.json() : {};
    note.className = `note ${answer.ok ? (told.ready ? "good" : "warn") : "bad"}`;
    note.textContent = told.sentence ?? page.dataset.unsent;
  } catch {
    note.className = "note bad";
    note.textContent = page.dataset.unsent;
  } finally {
    note.hidden = false;
    button.disabled = false;
  }
}

if (page) {
  tryBrowser();
  part("camera", "[data-start]").addEventListener("click", () => start());
  for (const list of page.querySelectorAll("[data-cameras], [data-microphones]")) {
    list.addEventListener("change", () => start({ camera: page.querySelector("[data-cameras]").value, microphone: page.querySelector("[data-microphones]").value }));
  }
  part("speakers", "[data-tone-start]").addEventListener("click", playTone);
  part("speakers", "[data-heard-yes]").addEventListener("click", () => tell("speakers", "good"));
  part("speakers", "[data-heard-no]").addEventListener("click", () => tell("speakers", "bad"));
  part("line", "[data-line-start]").addEventListener("click", measure);
  page.querySelector("[data-send]").addEventListener("click", send);
  window.addEventListener("pagehide", stop);
}
