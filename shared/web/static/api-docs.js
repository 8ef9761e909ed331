// Draws the API's documentation. A file of its own, because no page of ours runs inline scripts.
window.addEventListener("DOMContentLoaded", () => {
  const place = document.getElementById("api-docs");
  window.SwaggerUIBundle({ domNode: place, url: place.dataset.spec, deepLinking: true, validatorUrl: null });
});
