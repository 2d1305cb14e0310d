// The translator's desk: each text is saved by itself, and nothing typed is ever lost.
// Without this script the same form saves everything with one button.

const PAUSE = 1000;
const RETRIES = [3000, 10000, 30000, 60000];

const facts = JSON.parse(document.getElementById("desk-script").textContent);
const words = facts.words;
const form = document.getElementById("desk-form");
const announcer = form.querySelector("[data-announce]");
let leaving = false;

function token() {
  // The cookie is newer than the page when somebody has logged in again meanwhile.
  const found = document.cookie.split("; ").find((part) => part.startsWith(`${facts.csrfCookie}=`));
  return found ? decodeURIComponent(found.split("=")[1]) : form.elements.csrfmiddlewaretoken.value;
}

function announce(text) {
  announcer.textContent = text;
}

class Segment {
  constructor(element) {
    this.element = element;
    this.box = element.querySelector("textarea[name^='text-']");
    this.version = element.querySelector("input[name^='version-']");
    this.standing = element.querySelector("[data-standing]");
    this.saving = element.querySelector("[data-saving]");
    this.conflictPlace = element.querySelector("[data-conflict]");
    this.stored = this.box.defaultValue;
    // A text that the server gave back unsaved is still to be saved.
    this.refused = this.box.getAttribute("aria-invalid") === "true" && this.standing.querySelector(".gate-error") !== null;
    this.failures = 0;
    this.running = false;
    this.conflict = null;
    this.listen();
    this.grow();
  }

  listen() {
    this.box.addEventListener("input", () => {
      this.grow();
      if (!this.running) this.say(this.dirty ? words.unsaved : "");
      this.later(PAUSE);
    });
    this.box.addEventListener("blur", () => this.save());
    this.box.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
        event.preventDefault();
        this.save();
        goToNext(this);
      }
    });
    this.element.querySelectorAll("[data-before]").forEach((button) => {
      button.hidden = false;
      button.addEventListener("click", () => this.insert(button.dataset.before, button.dataset.after));
    });
    this.element.querySelector("[data-copy]").addEventListener("click", (event) => {
      event.preventDefault();
      this.put(event.currentTarget.dataset.copy);
    });
    this.element.querySelector("[data-use]")?.addEventListener("click", (event) => {
      event.preventDefault();
      const earlier = this.element.querySelector("[data-earlier]").dataset.earlier;
      this.element.querySelector("[data-earlier-box]").hidden = true;
      this.put(earlier);
    });
  }

  get dirty() {
    return this.refused || this.box.value !== this.stored;
  }

  get finished() {
    return this.element.dataset.finished === "yes";
  }

  grow() {
    if (CSS.supports("field-sizing", "content")) return;
    this.box.style.blockSize = "auto";
    this.box.style.blockSize = `${this.box.scrollHeight + 4}px`;
  }

  // Put a text into the box as if it had been typed, so that it can be undone.
  put(text) {
    this.box.focus();
    this.box.select();
    this.type(text);
  }

  insert(before, after) {
    this.box.focus();
    const { selectionStart: start, selectionEnd: end, value } = this.box;
    this.type(before + value.slice(start, end) + after);
    this.box.setSelectionRange(start + before.length, start + before.length + (end - start));
  }

  type(text) {
    if (!document.execCommand("insertText", false, text)) {
      this.box.setRangeText(text, this.box.selectionStart, this.box.selectionEnd, "end");
      this.box.dispatchEvent(new Event("input"));
    }
  }

  later(delay) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(), delay);
  }

  async save() {
    clearTimeout(this.timer);
    if (this.running || this.conflict || !this.dirty) return;
    this.running = true;
    const sent = this.box.value;
    this.say(words.saving);
    let answer;
    let body = {};
    try {
      answer = await fetch(this.element.dataset.url, {
        method: "POST",
        credentials: "same-origin",
        headers: {
          Accept: "application/json",
          "Content-Type": "application/json",
          "X-CSRFToken": token(),
          "X-Requested-With": "XMLHttpRequest",
        },
        body: JSON.stringify({ text: sent, base_version: this.version.value }),
      });
      body = await answer.json().catch(() => ({}));
    } catch {
      answer = null;
    }
    this.running = false;
    if (answer?.ok && body.version !== undefined) this.saved(sent, body);
    else this.failed(answer, body);
  }

  saved(sent, body) {
    this.failures = 0;
    this.refused = false;
    this.stored = sent;
    this.version.value = body.version;
    this.standing.innerHTML = body.standing; // rendered and escaped by the server
    this.element.dataset.finished = body.is_finished ? "yes" : "no";
    this.box.toggleAttribute("aria-invalid", false);
    if (this.standing.querySelector(".desk-finding--error")) this.box.setAttribute("aria-invalid", "true");
    const time = words.saved.replace("%(time)s", body.time);
    this.say(time);
    announce(time);
    showProgress(body.done, body.total);
    if (this.dirty) this.later(PAUSE);
  }

  failed(answer, body) {
    if (body.code === "segment_conflict") {
      this.showConflict(body);
      return;
    }
    let reason = words.offline;
    if (answer) {
      reason = body.detail || (answer.status === 403 ? words.loggedOut : words.server);
    }
    this.say(`${words.notSaved}. ${reason}`, "failed");
    announce(words.notSaved);
    const loggedOut = answer?.status === 403 && !body.detail;
    this.offerRetry(loggedOut);
    // What the server has understood and refused is not sent again by itself.
    if (!answer || answer.status >= 500) {
      this.later(RETRIES[Math.min(this.failures, RETRIES.length - 1)]);
      this.failures += 1;
    }
  }

  say(text, state = "") {
    this.saving.textContent = text;
    this.saving.dataset.state = state;
  }

  offerRetry(withLogin) {
    const offer = document.getElementById("retry-template").content.cloneNode(true);
    const login = offer.querySelector("[data-login]");
    if (withLogin) login.href = `${facts.loginUrl}?next=${encodeURIComponent(location.pathname)}`;
    else login.remove();
    offer.querySelector("[data-retry]").addEventListener("click", () => {
      this.refused = this.refused || this.dirty;
      this.box.focus();
      this.save();
    });
    this.saving.append(" ", offer);
  }

  showConflict(body) {
    this.conflict = body;
    this.say(`${words.notSaved}. ${body.detail}`, "failed");
    announce(`${words.notSaved}. ${body.detail}`);
    const panel = document.getElementById("conflict-template").content.cloneNode(true);
    panel.querySelector("[data-author]").textContent = body.written_by || "?";
    panel.querySelector("[data-theirs]").textContent = body.theirs;
    panel.querySelector("[data-keep-mine]").addEventListener("click", () => {
      this.settle(body);
      this.refused = true;
      this.save();
    });
    panel.querySelector("[data-take-theirs]").addEventListener("click", () => {
      this.settle(body);
      this.stored = body.theirs;
      this.put(body.theirs);
      this.refused = false;
      this.say("");
    });
    this.conflictPlace.replaceChildren(panel);
  }

  // Whoever chooses has seen both texts: the next save is a change of theirs.
  settle(body) {
    this.conflict = null;
    this.version.value = body.version;
    this.conflictPlace.replaceChildren();
    this.box.focus();
  }
}

const segments = [...form.querySelectorAll("[data-segment]")].map((element) => new Segment(element));

function showProgress(done, total) {
  form.querySelector("[data-done]").textContent = done;
  form.querySelector("[data-total]").textContent = total;
  const bar = form.querySelector("progress");
  bar.value = done;
  bar.max = total;
}

function isOpen(segment) {
  // What has just been typed counts, though its answer is not back yet.
  if (segment.dirty && !segment.conflict) return !segment.box.value.trim() && !("optional" in segment.element.dataset);
  return !segment.finished;
}

function goToNext(from) {
  const start = from ? segments.indexOf(from) + 1 : 0;
  const order = [...segments.slice(start), ...segments.slice(0, start)];
  const next = order.find((segment) => segment !== from && isOpen(segment));
  if (next) {
    next.box.focus();
    next.element.scrollIntoView({ block: "nearest" });
  } else {
    announce(words.allDone);
    form.querySelector("[data-submit]").focus();
  }
}

const nextButton = form.querySelector("[data-next]");
let latest = null;
form.addEventListener("focusin", (event) => {
  const within = event.target.closest("[data-segment]");
  if (within) latest = segments.find((segment) => segment.element === within);
});
nextButton.hidden = false;
nextButton.addEventListener("click", () => goToNext(latest));

// "Save" is for those without this script; here it saves what is still waiting.
form.querySelector("[data-save]").addEventListener("click", (event) => {
  event.preventDefault();
  segments.forEach((segment) => segment.save());
  if (!segments.some((segment) => segment.dirty)) announce(words.saved.replace(" %(time)s", ""));
});

form.addEventListener("submit", () => {
  leaving = true;
});
window.addEventListener("pageshow", () => {
  leaving = false;
});
window.addEventListener("beforeunload", (event) => {
  if (!leaving && segments.some((segment) => segment.dirty)) event.preventDefault();
});
window.addEventListener("online", () => {
  segments.filter((segment) => segment.dirty).forEach((segment) => segment.save());
});
