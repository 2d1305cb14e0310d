// Leaves a safety-critical page at once: by its link, or by pressing Escape twice.
// The page is hidden before the next one has loaded, and replaced in the back list.

const link = document.querySelector("[data-quick-exit]");
const PAUSE = 2000;
let last = -PAUSE;

function leave(event) {
  // Escape would stop the page that is being loaded.
  event.preventDefault();
  document.documentElement.hidden = true;
  window.location.replace(link.href);
}

link.addEventListener("click", leave);

window.addEventListener(
  "keydown",
  (event) => {
    if (event.key !== "Escape") return;
    if (event.timeStamp - last < PAUSE) leave(event);
    last = event.timeStamp;
  },
  true,
);

document.querySelector("[data-quick-exit-hint]").hidden = false;
