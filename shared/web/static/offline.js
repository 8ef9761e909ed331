// Without a network nothing is sent, and nothing that was written is lost: the page says so and waits.
"use strict";
const note = document.getElementById("no-network");
const look = () => { note.hidden = navigator.onLine; };
addEventListener("online", look);
addEventListener("offline", look);
addEventListener("pageshow", look);
addEventListener("submit", (event) => {
  if (navigator.onLine) return;
  event.preventDefault();
  look();
  note.focus();
}, true);
addEventListener("htmx:beforeRequest", (event) => { if (!navigator.onLine) event.preventDefault(); });
