// The room inside the console, by the functions of Jitsi's IFrame API: enter and leave on the console's own place, mute
// everybody, hand over messages that wait, and remove or end where the site has no administrator's account.

import { post, tell } from "./console_forms.js";

const NO_ACCOUNT = ["room_admin_not_configured", "room_admin_unavailable"];
const NIL = "00000000-0000-0000-0000-000000000000";

const panel = document.querySelector("[data-room]");
const board = document.querySelector("[data-board]");

if (panel && board) {
  const frame = panel.querySelector("[data-room-frame]");
  const fault = panel.querySelector("[data-room-fault]");
  const badge = panel.querySelector("[data-room-state]");
  const enter = panel.querySelector("[data-room-enter]");
  const leave = panel.querySelector("[data-room-leave]");
  const token = panel.querySelector("[name=csrf_token]").value;
  let room = null;
  let waiting = [];
  let handing = false;

  const form = (values = {}) => {
    const body = new FormData();
    Object.entries({ csrf_token: token, ...values }).forEach(([name, value]) => body.append(name, value));
    return body;
  };

  function show(inside) {
    badge.textContent = inside ? badge.dataset.in : badge.dataset.out;
    badge.dataset.tone = inside ? "good" : "";
    frame.hidden = !room;
    enter.hidden = Boolean(room);
    leave.hidden = !room;
    panel.querySelectorAll("[data-room-act]").forEach((button) => { button.disabled = !inside; });
    if (inside) board.dataset.inRoom = "yes";
    else delete board.dataset.inRoom;
  }

  function fail(sentence) {
    fault.textContent = sentence;
    fault.hidden = !sentence;
  }

  function load(domain) {
    if (window.JitsiMeetExternalAPI) return Promise.resolve();
    return new Promise((done, broken) => {
      const script = document.createElement("script");
      script.src = `https://${domain}/external_api.js`;
      script.addEventListener("load", done);
      script.addEventListener("error", () => {
        script.remove();
        broken(new Error("external_api.js"));
      });
      document.head.append(script);
    });
  }

  async function enterRoom() {
    fail("");
    enter.disabled = true;
    try {
      const answer = await post(panel.dataset.room, form());
      if (!answer.ok) {
        fail(answer.body.sentence ?? fault.dataset.unreachable);
        return;
      }
      await load(answer.body.domain);
      open(answer.body);
    } catch {
      fail(fault.dataset.unreachable);
    } finally {
      enter.disabled = false;
    }
  }

  function open(pass) {
    frame.hidden = false;
    room = new window.JitsiMeetExternalAPI(pass.domain, {
      roomName: pass.room,
      parentNode: frame,
      jwt: pass.token,
      lang: "vi",
      width: "100%",
      height: "100%",
      userInfo: { displayName: pass.name },
      configOverwrite: { startWithAudioMuted: true, startWithVideoMuted: true, prejoinConfig: { enabled: false } },
    });
    room.addListener("videoConferenceJoined", () => {
      show(true);
      handOver();
    });
    room.addListener("videoConferenceLeft", () => show(false));
    room.addListener("readyToClose", close);
    room.addListener("errorOccurred", (event) => fail(event?.error?.message ?? fault.dataset.unreachable));
    show(false);
  }

  function close() {
    room?.dispose();
    room = null;
    show(false);
  }

  async function handOver() {
    if (handing || !board.dataset.inRoom) return;
    handing = true;
    try {
      for (const message of waiting.filter((item) => !item.sent).reverse()) {
        const claimed = await post(panel.dataset.take.replace(NIL, message.id), form());
        if (!claimed.ok) continue;
        message.sent = true;
        try {
          room.executeCommand("sendChatMessage", message.text, "", true);
        } catch {
          await post(panel.dataset.return.replace(NIL, message.id), form());
        }
      }
    } finally {
      handing = false;
    }
    document.dispatchEvent(new CustomEvent("board-ask"));
  }

  const note = (act, placeId = "") => post(panel.dataset.done, form({ act, place_id: placeId }));

  async function removeHere(placeId) {
    // The identity of an endpoint comes from its token (context.user.id) and cannot be typed by anybody.
    const rooms = (await room.getRoomsInfo())?.rooms ?? [];
    const found = rooms.flatMap((item) => item.participants ?? []).filter((item) => item.userContext?.id === placeId);
    found.forEach((item) => room.executeCommand("kickParticipant", item.id));
    if (found.length) await note("remove", placeId);
    return found.length > 0;
  }

  board.addEventListener("refused", async (event) => {
    const { form: refused, button, answer } = event.detail;
    if (!board.dataset.inRoom || !NO_ACCOUNT.includes(answer.body.code)) return;
    if (button?.matches("[data-room-remove]")) {
      const done = await removeHere(new FormData(refused).get("place_id"));
      if (done) tell(board, "", "good");
    } else if (refused.matches("[data-room-end]")) {
      room.executeCommand("endConference");
      await note("end");
      tell(board, "", "good");
    }
  });

  board.addEventListener("done", async (event) => {
    // The meeting is over. Without an account the server cannot end its room: the window that is in it does.
    if (!event.detail.form.matches("[data-close-meeting]") || !room || panel.dataset.roomAccount) return;
    room.executeCommand("endConference");
    await note("end");
  });

  panel.querySelector("[data-room-act=mute_all]").addEventListener("click", async () => {
    room.executeCommand("muteEveryone", "audio");
    await note("mute_all");
  });
  document.addEventListener("board", (event) => {
    waiting = event.detail.messages.map((item) => ({ ...item }));
    handOver();
  });
  enter.addEventListener("click", enterRoom);
  leave.addEventListener("click", () => {
    room?.executeCommand("hangup");
    close();
  });
}
