// Downloads: the corrected articles in every format that the program writes, and as annotations.

const save = (blob, name) => {
  const way = make("a", { href: URL.createObjectURL(blob), download: name });
  way.click();
  setTimeout(() => URL.revokeObjectURL(way.href), 10000);
};

const download = async () => {
  const chosen = new FormData(by("download-form"));
  const format = chosen.get("format");
  const wanted = chosen.get("which") === "all" || state.shown.all ? documents : [state.shown];
  const lines = (list) => list.map((line) => JSON.stringify(line)).join("\n") + "\n";
  if (format === "annotations") {
    const checked = wanted.filter((one) => one.checked);
    if (!checked.length) throw new Error("No article is ticked as checked yet, and only checked ones teach: tick “Checked” when all its places are right.");
    save(new Blob([lines(checked.map(toAnnotations))], { type: "application/x-ndjson" }), "annotations.jsonl");
    return `Written: ${checked.length} checked of ${counted(wanted.length, "article")}.`;
  }
  if (format === "work") {
    save(new Blob([lines(wanted.map((one) => ({ ...toLine(one), checked: one.checked })))], { type: "application/x-ndjson" }), "articles.jsonl");
    return "Written.";
  }
  const by_ = chosen.get("by") && !["html", "gpkg", "jsonl"].includes(format) ? `&by=${chosen.get("by")}` : "";
  const answer = await ask(`v1/export?format=${format}&offsets=utf16${by_}`, { type: "application/x-ndjson", body: lines(wanted.map(toLine)) });
  save(await answer.blob(), `map.${format}`);
  return "Written.";
};

by("open-download").onclick = () => {
  by("download-told").textContent = "";
  by("download-all").hidden = documents.length < 2 || state.shown.all;
  by("download-dialog").showModal();
};
by("download-form").onsubmit = async (event) => {
  if (event.submitter && event.submitter.value === "close") return;
  event.preventDefault();
  try {
    by("download-told").textContent = "…";
    by("download-told").textContent = await download();
  } catch (error) {
    by("download-told").textContent = error.message;
  }
};
