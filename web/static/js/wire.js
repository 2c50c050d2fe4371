// The line of an editor to the server: sends what is typed, and knows what to do when it is cut or the session has ended.
// In: a body. Out: { told } the answer; { refused, status, detail } with the server's sentence; { waits, sentence } where
// it has to wait: "offline", "signed-out" or "other-account".

export class Wire {
  // `place` finds the element with data-token and data-account on the page itself, once somebody has signed in again.
  constructor({ url, pageUrl, token, account, place, words }) {
    Object.assign(this, { url, pageUrl, token, account, place, words });
  }

  async send(body, { url = this.url, leaving = false, again = true } = {}) {
    let answer;
    try {
      answer = await fetch(url, {
        method: "POST",
        credentials: "same-origin",
        keepalive: leaving,
        headers: { "Content-Type": "application/json", "X-CSRFToken": this.token },
        body: JSON.stringify(body),
      });
    } catch {
      return this.waits("offline");
    }
    if (answer.ok) return { told: await answer.json() };
    if (answer.status === 401) return this.waits("signed-out");
    const error = (await answer.json().catch(() => null))?.error;
    if (answer.status === 400 && error?.code === "form_expired" && again) {
      const waiting = await this.renew();
      return waiting ?? this.send(body, { url, leaving, again: false });
    }
    if (answer.status >= 500 || answer.status === 429) return this.waits("offline", error?.message);
    return { refused: error?.message ?? this.words.refused, status: answer.status, code: error?.code, detail: error?.detail ?? {} };
  }

  // What the server tells at an address; null where it does not answer, "signed-out" where nobody is signed in.
  async ask(url) {
    const answer = await fetch(url, { credentials: "same-origin" }).catch(() => null);
    if (answer?.status === 401) return this.waits("signed-out");
    return answer?.ok ? { told: await answer.json() } : { waits: "", status: answer?.status };
  }

  // After signing in again, perhaps in another tab: a fresh token, if it is the same person. Null when all is well.
  async renew() {
    const answer = await fetch(this.pageUrl, { credentials: "same-origin" }).catch(() => null);
    const page = answer?.ok && new DOMParser().parseFromString(await answer.text(), "text/html");
    const found = page && page.querySelector(this.place);
    if (!found) return this.waits(answer ? "signed-out" : "offline");
    if (found.dataset.account !== this.account) return this.waits("other-account");
    this.token = found.dataset.token;
    return null;
  }

  waits(name, sentence) {
    return { waits: name, sentence: sentence ?? this.words[name.replace("-", "_")] };
  }
}
