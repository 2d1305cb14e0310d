// Closes an open disclosure with Escape or by going elsewhere. Without this file the
// disclosure still opens and closes by its own button.

for (const disclosure of document.querySelectorAll("details[data-disclosure]")) {
  const button = disclosure.querySelector("summary");

  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !disclosure.open) return;
    disclosure.open = false;
    button.focus();
  });

  document.addEventListener("click", (event) => {
    if (!disclosure.contains(event.target)) disclosure.open = false;
  });

  disclosure.addEventListener("focusout", (event) => {
    if (event.relatedTarget && !disclosure.contains(event.relatedTarget)) {
      disclosure.open = false;
    }
  });
}
