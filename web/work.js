// The page to work on: articles come in by pasting, dropping and choosing; the browser keeps them.

additions.told = (one) => [one.checked && "checked"];

const showProblem = (text) => {
  by("problem").hidden = !text;
  by("problem-text").textContent = text;
};

const showChecked = () => {
  const single = state.shown && !state.shown.all;
  for (const id of ["checked", "open-mark", "forget"]) by(id).disabled = !single;
  by("open-download").disabled = !state.shown;
  by("checked").setAttribute("aria-pressed", String(Boolean(single && state.shown.checked)));
};

additions.shown = showChecked;

const showFirst = (one) => {
  showCount();
  document.body.classList.toggle("empty", !documents.length);
  if (one) showDocument(one);
  else {
    showNothing("");
    showChecked();
  }
};

// Adds documents, and shows the first of them.
const add = async (news) => {
  for (const one of news) {
    // Two articles of one name are told apart.
    const taken = new Set(documents.map((other) => other.document));
    const name = one.document;
    for (let number = 2; taken.has(one.document); number++) one.document = `${name} (${number})`;
    documents.push(one);
    await keep(one);
  }
  if (news.length) showFirst(news[0]);
};

// Reads files one by one; those that cannot be read are named, and leave the others alone.
const readFiles = async (files) => {
  const wrong = [];
  const news = [];
  by("busy").hidden = false;
  for (const [at, { file, name }] of files.entries()) {
    by("busy").textContent = `Reading ${at + 1} of ${files.length}: ${name}`;
    try {
      const kept = /\.(jsonl|ndjson)$/i.test(name) ? reopen(await file.text(), name) : null;
      news.push(...(kept || (await parse(file, typeOf(name), name))));
    } catch (error) {
      wrong.push(`${name}: ${error.message}`);
    }
  }
  by("busy").hidden = true;
  await add(news);
  say(`${counted(news.length, "article")} read.`);
  showProblem(wrong.join("\n"));
};

// The files of what was dropped, also those in folders.
const dropped = async (items) => {
  const entries = [...items].filter((item) => item.kind === "file").map((item) => item.webkitGetAsEntry());
  const files = [];
  const walk = async (entry) => {
    if (!entry) return;
    if (entry.isFile) files.push({ file: await new Promise((done, failed) => entry.file(done, failed)), name: entry.fullPath.replace(/^\//, "") });
    else {
      const reader = entry.createReader();
      // A reader tells a hundred at a time.
      for (let some = [1]; some.length; ) {
        some = await new Promise((done, failed) => reader.readEntries(done, failed));
        for (const inner of some.sort((a, b) => (a.name < b.name ? -1 : 1))) await walk(inner);
      }
    }
  };
  for (const entry of entries) await walk(entry);
  return files;
};

const chosenFiles = (input) => {
  const files = [...input.files].map((file) => ({ file, name: file.webkitRelativePath || file.name }));
  input.value = "";
  by("add-dialog").close("files");
  return readFiles(files.sort((a, b) => (a.name < b.name ? -1 : 1)));
};

by("open-add").onclick = () => by("add-dialog").showModal();
by("files").onchange = () => chosenFiles(by("files"));
by("folder").onchange = () => chosenFiles(by("folder"));
by("choose-files").onclick = () => by("files").click();
by("choose-folder").onclick = () => by("folder").click();
by("add-dialog").onclose = async () => {
  if (by("add-dialog").returnValue !== "find") return;
  const text = by("pasted").value;
  if (!text.trim()) return;
  by("pasted").value = "";
  const name = `Pasted ${new Date().toISOString().slice(0, 16).replace("T", " ")}`;
  await readFiles([{ file: new Blob([text]), name: `${name}.txt` }]);
};
by("start-add").onclick = () => by("add-dialog").showModal();

document.addEventListener("dragover", (event) => {
  event.preventDefault();
  document.body.classList.add("dragging");
});
document.addEventListener("dragleave", (event) => event.relatedTarget || document.body.classList.remove("dragging"));
document.addEventListener("drop", async (event) => {
  event.preventDefault();
  document.body.classList.remove("dragging");
  if (by("add-dialog").open) by("add-dialog").close("files");
  const text = event.dataTransfer.getData("text/plain");
  const files = await dropped(event.dataTransfer.items);
  if (files.length) readFiles(files);
  else if (text.trim()) readFiles([{ file: new Blob([text]), name: "Dropped text.txt" }]);
});

by("checked").onclick = () => {
  state.shown.checked = !state.shown.checked;
  keep(state.shown);
  showChecked();
  say(state.shown.checked ? "Checked." : "Not checked.");
};
by("undo").onclick = undo;
by("forget").onclick = () => {
  by("forget-name").textContent = titleOf(state.shown);
  by("forget-dialog").showModal();
};
by("forget-dialog").onclose = async () => {
  const how = by("forget-dialog").returnValue;
  if (how !== "one" && how !== "all") return;
  const gone = how === "all" ? documents : [state.shown];
  for (const one of gone) await forget(one);
  documents = documents.filter((one) => !gone.includes(one));
  undone.length = 0;
  by("undo").disabled = true;
  showFirst(documents[0]);
};
by("close-problem").onclick = () => showProblem("");
document.addEventListener("keydown", (event) => {
  const writes = /^(INPUT|TEXTAREA)$/.test(event.target.tagName);
  if ((event.ctrlKey || event.metaKey) && event.key === "z" && !writes) {
    event.preventDefault();
    undo();
  }
});
document.addEventListener("paste", (event) => {
  if (/^(INPUT|TEXTAREA)$/.test(event.target.tagName) || document.querySelector("dialog[open]")) return;
  by("add-dialog").showModal();
  by("pasted").value = event.clipboardData.getData("text/plain");
});

// Towns for orientation, asked for when the map has come to rest.
let asking = 0;
map.rested = () => {
  clearTimeout(asking);
  if (map.zoom < TOWNS_FROM || !state.shown) return;
  asking = setTimeout(async () => {
    try {
      const answer = await ask(`v1/near?limit=100&bbox=${map.bounds().map((degrees) => degrees.toFixed(4)).join(",")}`);
      const { places } = await answer.json();
      map.towns = places.filter((place) => /^P\./.test(place.feature || "")).map((place) => [place.name, place.lat, place.lon]);
      map.draw();
    } catch {
      // The map does without.
    }
  }, 350);
};

openStore().then((kept) => {
  documents = kept.map(gather);
  showFirst(null);
  if (documents.length) openLink() || showFirst(documents[0]);
});
