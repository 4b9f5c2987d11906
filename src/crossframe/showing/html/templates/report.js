"use strict";
document.getElementById("actor").addEventListener("change", function (change) {
  const wanted = change.target.value;
  for (const mention of document.querySelectorAll(".mention[data-actor]")) {
    mention.classList.toggle("muted", wanted !== "" && mention.dataset.actor !== wanted);
  }
});
