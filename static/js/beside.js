/* The photos of the paper stand open beside the fields where there is room for them.
   Without this script they unfold by hand. */
"use strict";

(() => {
  const wide = window.matchMedia("(min-width: 75rem)");
  const follow = () => {
    for (const fold of document.querySelectorAll("details[data-beside]")) {
      fold.open = wide.matches;
    }
  };
  follow();
  wide.addEventListener("change", follow);
})();
