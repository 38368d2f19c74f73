// Starts Swagger UI on the contract that the page names. A file, since the page's policy forbids inline scripts.
const place = document.getElementById("reference");
place.replaceChildren();
window.SwaggerUIBundle({
  url: place.dataset.contract,
  domNode: place,
  deepLinking: true,
  docExpansion: "list",
  defaultModelsExpandDepth: 0,
  displayRequestDuration: true,
  tryItOutEnabled: true,
  validatorUrl: null,
});
