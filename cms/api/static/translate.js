/* <page-translate>: the languages of a page of the municipality, on any website.
 *
 * Asks the place this file came from, once for each address, and then shows a button with
 * a list. Until there is an answer nothing is touched: what stands inside the element
 * (plain links) is what readers see when there is none. No cookie, nothing stored.
 */

const API = new URL("/api/v1/translate", import.meta.url);
const PATIENCE = 5000;
const answers = new Map();
let styles;

const CSS = `
:host { display: inline-block; position: relative; max-inline-size: 100%; font: inherit; }
:host([hidden]), [hidden] { display: none !important; }
* { box-sizing: border-box; }
button, a { font: inherit; color: CanvasText; }
button { display: inline-flex; align-items: center; gap: .5em; min-block-size: 44px;
  padding: .5em .8em; background: Canvas; border: 2px solid; border-radius: 4px;
  cursor: pointer; text-align: start; }
svg { flex: none; inline-size: 1.25em; block-size: 1.25em; fill: none; stroke: currentColor;
  stroke-width: 1.8; }
[part=arrow] { inline-size: .8em; }
[aria-expanded=true] [part=arrow] { rotate: 180deg; }
nav { position: absolute; z-index: 1000; inset-block-start: calc(100% + 4px);
  inset-inline-start: 0; inline-size: max-content; max-inline-size: calc(100vw - 16px);
  max-block-size: 75vh; overflow: auto; color: CanvasText; background: Canvas;
  border: 2px solid; border-radius: 4px; }
ul { list-style: none; margin: 0; padding: .25em; }
a { display: flex; flex-wrap: wrap; justify-content: space-between; gap: 0 1em;
  align-items: center; min-block-size: 44px; padding: .4em .8em; text-decoration: none;
  border-inline-start: 4px solid Canvas; }
a span { overflow-wrap: anywhere; }
[part=name] { text-decoration: underline; text-underline-offset: .2em; }
[part=state] { font-size: .875em; }
[aria-current] { border-color: currentColor; font-weight: bold; }
a:hover { outline: 1px solid; outline-offset: -1px; }
button:focus-visible, a:focus-visible { outline: 3px solid; outline-offset: 2px; }
a:focus-visible { outline-offset: -3px; }
`;
const GLOBE = "M12 3a9 9 0 1 0 0 18a9 9 0 1 0 0-18M3 12h18M12 3q-8 9 0 18q8-9 0-18";
const ARROW = "M4 8l8 8l8-8";

/** Answer what the municipality knows of an address; the same question is asked once. */
function languagesOf(url) {
  if (!answers.has(url)) {
    const question = new URL(API);
    question.searchParams.set("url", url);
    const answer = fetch(question, {
      credentials: "omit",
      referrerPolicy: "no-referrer",
      signal: AbortSignal.timeout(PATIENCE),
    }).then((response) => (response.ok ? response.json() : null));
    answers.set(url, answer);
  }
  return answers.get(url);
}

/** Make an element; `words` become text, never HTML. */
function make(name, attributes = {}, ...words) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.append(...words);
  return element;
}

function draw(path, part) {
  const names = "http://www.w3.org/2000/svg";
  const picture = document.createElementNS(names, "svg");
  const line = document.createElementNS(names, "path");
  const facts = { viewBox: "0 0 24 24", "aria-hidden": "true", part };
  for (const [key, value] of Object.entries(facts)) picture.setAttribute(key, value);
  line.setAttribute("d", path);
  picture.append(line);
  return picture;
}

function entry(language) {
  const name = { part: "name", lang: language.tag, dir: language.dir };
  const link = make("a", { href: language.url, hreflang: language.tag },
    make("span", name, language.autonym), " ",
    make("span", { part: "state" }, language.state_name));
  if (language.current) link.setAttribute("aria-current", "true");
  return make("li", {}, link);
}

class PageTranslate extends HTMLElement {
  connectedCallback() {
    // What cannot be known is not said: the content of the element stays as it is.
    if (!this.shadowRoot) this.fill().catch(() => {});
  }

  async fill() {
    // What stands after "?" and "#" may be about the reader, and names no page of ours.
    const asked = this.dataset.url || location.origin + location.pathname;
    const answer = await languagesOf(asked);
    if (!answer || this.shadowRoot) return;
    const parts = this.build(answer);
    if (!styles) {
      styles = new CSSStyleSheet();
      styles.replaceSync(CSS);
    }
    const root = this.attachShadow({ mode: "open" });
    root.adoptedStyleSheets = [styles];
    root.append(...parts);
    this.listen(root);
  }

  build({ lang, dir, label, choose, languages }) {
    const words = [make("span", {}, label)];
    if (label !== "Translate") {
      words.push(make("span", { "aria-hidden": "true" }, "/"));
      words.push(make("span", { lang: "en", dir: "ltr" }, "Translate"));
    }
    this.button = make("button", {
      type: "button", lang, dir, part: "button",
      "aria-expanded": "false", "aria-controls": "languages",
    }, draw(GLOBE, "globe"), ...words, draw(ARROW, "arrow"));
    this.list = make("nav", {
      id: "languages", lang, dir, part: "list", "aria-label": choose, hidden: "",
    }, make("ul", { role: "list" }, ...languages.map(entry)));
    return [this.button, this.list];
  }

  listen(root) {
    this.button.addEventListener("click", () => this.show(this.list.hidden));
    root.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || this.list.hidden) return;
      event.stopPropagation();
      this.show(false);
      this.button.focus();
    });
    root.addEventListener("focusout", ({ relatedTarget }) => {
      if (relatedTarget && !root.contains(relatedTarget)) this.show(false);
    });
    this.pressed = (event) => {
      if (!event.composedPath().includes(this)) this.show(false);
    };
  }

  disconnectedCallback() {
    if (this.list) this.show(false);
  }

  show(open) {
    this.list.hidden = !open;
    this.button.setAttribute("aria-expanded", String(open));
    const listen = open ? "addEventListener" : "removeEventListener";
    document[listen]("pointerdown", this.pressed);
    if (open) this.keepInSight();
  }

  /** Move the list to the other edge of the button when it sticks out of the window. */
  keepInSight() {
    this.list.style.translate = "";
    const { left, right } = this.list.getBoundingClientRect();
    const button = this.button.getBoundingClientRect();
    const edge = document.documentElement.clientWidth - 8;
    if (left >= 8 && right <= edge) return;
    const wished = right > edge ? button.right - right : button.left - left;
    const shift = Math.max(8 - left, Math.min(edge - right, wished));
    this.list.style.translate = `${shift}px`;
  }
}

if (!customElements.get("page-translate")) {
  customElements.define("page-translate", PageTranslate);
}
