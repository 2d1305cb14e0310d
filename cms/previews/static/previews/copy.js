// Copies the address of a new link. Without script, or without the right to write to
// the clipboard, the field itself can be selected and copied.
for (const button of document.querySelectorAll("[data-copy]")) {
  const field = document.getElementById(button.dataset.copy);
  button.hidden = !navigator.clipboard;
  field.addEventListener("focus", () => field.select());
  button.addEventListener("click", async () => {
    const status = document.querySelector("[data-copied]");
    status.textContent = "";
    await navigator.clipboard.writeText(field.value);
    status.textContent = status.dataset.copied;
  });
}
