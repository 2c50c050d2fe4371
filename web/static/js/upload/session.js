// The signed-in person behind an upload: the token of the page, renewed after signing in again elsewhere.

export class Session {
  constructor(form) {
    this.pageUrl = form.dataset.page;
    this.account = form.dataset.account;
    this.token = form.elements.csrf_token.value;
  }

  // "ok" with a fresh token, "signed-out", "other-account" or "offline".
  async renew() {
    const answer = await fetch(this.pageUrl, { credentials: "same-origin" }).catch(() => null);
    if (!answer) return "offline";
    const page = answer.ok && new DOMParser().parseFromString(await answer.text(), "text/html");
    const form = page && page.querySelector("form[data-upload]");
    if (!form) return "signed-out";
    if (form.dataset.account !== this.account) return "other-account";
    this.token = form.elements.csrf_token.value;
    return "ok";
  }
}
