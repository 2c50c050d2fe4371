// Shows how far an upload has come. Without this module the form sends itself and the page waits.

function prepare(form) {
  const bar = form.querySelector("progress");
  const line = form.querySelector("[data-upload-line]");
  const button = form.querySelector("button");

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const body = new FormData(form);
    const request = new XMLHttpRequest();
    request.open("POST", form.dataset.upload);
    request.setRequestHeader("X-CSRFToken", form.elements.csrf_token.value);
    request.responseType = "json";
    button.disabled = true;
    bar.hidden = false;
    bar.removeAttribute("value");
    line.textContent = form.dataset.sending;

    request.upload.addEventListener("progress", (step) => {
      if (!step.lengthComputable) return;
      bar.max = step.total;
      bar.value = step.loaded;
      line.textContent = `${form.dataset.sending} ${Math.floor((step.loaded / step.total) * 100)} %`;
    });
    request.addEventListener("load", () => {
      if (request.status >= 200 && request.status < 300) {
        window.location.reload();
        return;
      }
      fail(request.response?.error?.message || form.dataset.failed);
    });
    request.addEventListener("error", () => fail(form.dataset.failed));
    request.send(body);
  });

  function fail(sentence) {
    bar.hidden = true;
    button.disabled = false;
    line.textContent = sentence;
    line.classList.add("error");
  }
}

document.querySelectorAll("form[data-upload]").forEach(prepare);
