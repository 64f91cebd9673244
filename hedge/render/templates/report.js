// Filters and sorts the tables of sentences; the page reads well without it.
for (const box of document.querySelectorAll(".sentences")) {
  const table = box.querySelector("table");
  const body = table.tBodies[0];
  const controls = document.createElement("fieldset");
  controls.className = "controls";
  controls.append(Object.assign(document.createElement("legend"), { textContent: "Show" }));
  const boxes = ["certain", "probable", "possible", "uncommitted"].map((level) => {
    const label = document.createElement("label");
    const input = Object.assign(document.createElement("input"), { type: "checkbox", checked: true, value: level });
    label.append(input, " " + level);
    controls.append(label);
    return input;
  });
  const count = Object.assign(document.createElement("output"), { className: "count" });
  controls.append(count);
  const filter = () => {
    const shown = new Set(boxes.filter((input) => input.checked).map((input) => input.value));
    let rows = 0;
    for (const row of body.rows) {
      row.hidden = !shown.has(row.dataset.level);
      rows += !row.hidden;
    }
    count.textContent = `${rows} of ${body.rows.length}`;
  };
  controls.addEventListener("change", filter);
  table.before(controls);
  filter();

  for (const head of table.tHead.rows[0].cells) {
    const button = Object.assign(document.createElement("button"), { type: "button", textContent: head.textContent });
    head.replaceChildren(button);
    button.addEventListener("click", () => {
      const up = head.getAttribute("aria-sort") !== "ascending";
      for (const other of table.tHead.rows[0].cells) other.removeAttribute("aria-sort");
      head.setAttribute("aria-sort", up ? "ascending" : "descending");
      const key = (row) => row.cells[head.cellIndex].dataset.key ?? row.cells[head.cellIndex].textContent;
      const compare = (a, b) => key(a).localeCompare(key(b), "en", { numeric: true });
      body.append(...[...body.rows].sort((a, b) => (up ? compare(a, b) : compare(b, a))));
    });
  }
}
