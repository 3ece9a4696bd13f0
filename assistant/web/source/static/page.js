// Brings the cited words into view; without this script the link above the text does it.
(() => {
  "use strict";
  const outline = document.getElementById("outline");
  if (outline && matchMedia("(max-width: 60rem)").matches) outline.open = false;
  const quote = document.getElementById("quote");
  const jump = document.getElementById("to-section");
  const section = jump && document.getElementById(jump.hash.slice(1));
  const target = quote || section;
  if (!target || location.hash) return;
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  target.scrollIntoView({ behavior: calm ? "auto" : "smooth", block: quote ? "center" : "start" });
})();
