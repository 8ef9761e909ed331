// A fold that somebody opened stands open when its form comes back: a hidden field in it tells.
"use strict";
addEventListener("toggle", (event) => {
  const opened = event.target.querySelector(":scope > input[type=hidden]");
  if (opened) opened.value = event.target.open ? "1" : "";
}, true);
