"use strict";
// Filters of tables, and the contents folded away on a narrow screen. Without this script everything is shown.
(() => {
  if (matchMedia("(max-width: 72rem)").matches) document.querySelector("nav details").open = false;

  for (const form of document.querySelectorAll("form.sieve[role=search]")) {
    const rows = [...form.parentElement.querySelectorAll("tbody tr")];
    const words = rows.map((row) => row.textContent.toLowerCase());
    const cell = (row, column) => row.cells[column].textContent;
    const apply = () => {
      const text = form.elements.text.value.trim().toLowerCase();
      const facets = [...form.querySelectorAll("select[name=facet]")].filter((facet) => facet.value);
      const route = form.elements.route?.value;
      let left = 0;
      rows.forEach((row, k) => {
        const stays = words[k].includes(text) && facets.every((f) => cell(row, f.dataset.column) === f.value) &&
          (!route || (row.dataset.routes ?? "").split(" ").includes(route));
        row.hidden = !stays;
        left += stays;
      });
      form.querySelector("output").textContent = `${left} of ${rows.length}`;
    };
    form.hidden = false;
    form.addEventListener("input", apply);
    form.addEventListener("reset", () => setTimeout(apply));
    form.addEventListener("submit", (event) => event.preventDefault());
  }

  document.addEventListener("keydown", (event) => {
    const field = document.querySelector("form.sieve[role=search] input");
    if (event.key === "/" && field && !/INPUT|SELECT/.test(document.activeElement.tagName)) {
      event.preventDefault();
      field.focus();
    }
  });
})();
