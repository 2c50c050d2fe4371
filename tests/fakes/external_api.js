// A stand-in for the documented functions of Jitsi's IFrame API (CONTRACTS §12), for tests of the console. It shows no
// picture and speaks with nobody; what it was told is kept in window.conference for the test to read.
window.conference = { made: [], commands: [], disposed: 0 };

window.JitsiMeetExternalAPI = class {
  constructor(domain, options) {
    if (typeof domain !== "string" || !options.roomName || !options.jwt || !options.parentNode) throw new Error("wrong options");
    this.listeners = new Map();
    this.participants = [];
    window.conference.made.push({ domain, ...options, parentNode: undefined });
    window.conference.api = this;
    this.frame = document.createElement("iframe");
    this.frame.allow = "camera; microphone; display-capture; autoplay";
    options.parentNode.append(this.frame);
    window.setTimeout(() => this.emit("videoConferenceJoined", { roomName: options.roomName }), 10);
  }

  addListener(name, handler) {
    if (!this.listeners.has(name)) this.listeners.set(name, []);
    this.listeners.get(name).push(handler);
  }

  emit(name, event) {
    (this.listeners.get(name) ?? []).forEach((handler) => handler(event));
  }

  executeCommand(name, ...values) {
    const known = ["muteEveryone", "kickParticipant", "endConference", "sendChatMessage", "hangup", "startRecording", "stopRecording"];
    if (!known.includes(name)) throw new Error(`no such command: ${name}`);
    window.conference.commands.push([name, ...values]);
  }

  async getRoomsInfo() {
    return { rooms: [{ isMainRoom: true, id: "main", jid: "main", participants: this.participants }] };
  }

  dispose() {
    window.conference.disposed += 1;
    this.frame.remove();
  }
};
