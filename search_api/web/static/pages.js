// Small helps; every page works without them.
"use strict";

// Enter sends a short question; Shift+Enter, and Enter that ends an input method's composition, do not.
document.addEventListener("keydown", (event) => {
  const box = event.target;
  if (!(box instanceof HTMLTextAreaElement) || event.key !== "Enter" || event.isComposing) return;
  const wanted = box.hasAttribute("data-enter") ? !event.shiftKey : event.ctrlKey || event.metaKey;
  if (wanted && box.value.trim()) {
    event.preventDefault();
    box.form.requestSubmit();
  }
});

// A link into a closed list opens it, in browsers that do not do so themselves.
function reveal() {
  const target = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (!target) return;
  let closed = target.closest("details:not([open])");
  if (!closed) return;
  for (; closed; closed = target.closest("details:not([open])")) closed.open = true;
  target.scrollIntoView();
}
window.addEventListener("hashchange", reveal);
reveal();

// On a narrow screen the filters begin folded.
function fold() {
  if (!window.matchMedia("(max-width: 860px)").matches) return;
  document.querySelectorAll("details.fold").forEach((details) => details.removeAttribute("open"));
}
document.addEventListener("htmx:afterSettle", fold);
fold();
