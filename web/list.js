// The list of articles.

const LISTED = 200;
let documents = [];

const titleOf = (one) => one.title || one.head.trim() || one.document;

const showList = (open) => {
  by("list").hidden = !open;
  by("open-list").setAttribute("aria-expanded", String(open));
  if (open) by("search").focus();
};

const fillList = () => {
  const words = by("search").value.toLowerCase().split(/\s+/).filter(Boolean);
  const text = (one) => `${titleOf(one)} ${one.places || ""} ${one.document} ${one.body}`.toLowerCase();
  const hits = documents.filter((one) => words.every((word) => text(one).includes(word)));
  by("hits").textContent = `${hits.length} of ${documents.length} articles${hits.length > LISTED ? `, the first ${LISTED} listed` : ""}`;
  const entries = hits.slice(0, LISTED).map((one) => {
    const told = [one.date && dateInWords(one.date), one.name && `about ${one.name}`, counted(one.places_found.length, "place"), ...additions.told(one)];
    const entry = make("button", { type: "button", onclick: () => showDocument(one) }, titleOf(one), make("small", { textContent: told.filter(Boolean).join(" · ") }));
    entry.setAttribute("aria-current", String(one === state.shown));
    return make("li", {}, entry);
  });
  if (documents.length > 1 && !words.length) {
    const all = make("button", { type: "button", id: "show-all", onclick: showAll }, "All articles on one map");
    all.setAttribute("aria-current", String(Boolean(state.shown && state.shown.all)));
    entries.unshift(make("li", {}, all));
  }
  by("entries").replaceChildren(...entries);
};

const showCount = () => {
  by("open-list").hidden = documents.length < 2;
  by("open-list").textContent = counted(documents.length, "article");
};

by("open-list").onclick = () => {
  fillList();
  showList(by("list").hidden);
};
by("search").oninput = fillList;
