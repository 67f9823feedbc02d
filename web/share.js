// Links to what is shown, and how another page embeds it.

// In a frame of another page (`map.html?embed`, or `#embed`) only the map and what is chosen are shown.
const asked = () => new URLSearchParams(location.hash.slice(1));
const embedded = new URLSearchParams(location.search).has("embed") || asked().has("embed");
document.body.classList.toggle("embedded", embedded);

// The fragment that leads to the article and the place that are shown.
const fragment = () => {
  const place = state.shown && state.shown.places_found[state.chosen];
  const parts = [asked().has("embed") && "embed", state.shown && `article=${encodeURIComponent(state.shown.document)}`, place && `place=${encodeURIComponent(place.place_id || place.name)}`];
  return `#${parts.filter(Boolean).join("&")}`;
};

const link = () => history.replaceState(null, "", fragment());

// Shows what the address asks for; whether it asks for anything that is here.
const openLink = () => {
  const wanted = asked();
  if (wanted.get("article") === "*" && documents.length > 1) showAll();
  else {
    const shown = documents.find((one) => one.document === wanted.get("article"));
    if (!shown) return false;
    showDocument(shown);
  }
  const key = state.shown.places_found.findIndex((place) => wanted.get("place") && (place.place_id || place.name) === wanted.get("place"));
  if (key >= 0) choose(key, { fly: true, reveal: true });
  return true;
};

// A link that is pasted into the address of the open page leads there too.
addEventListener("hashchange", () => location.hash !== fragment() && openLink());

const shareTexts = () => {
  const page = location.href.replace(/[?#].*$/, "");
  const file = page.startsWith("file:") ? page.replace(/^.*\//, "") : page;
  by("share-link").value = page + fragment();
  const frame = make("iframe", { loading: "lazy", width: "100%", height: "480", title: `Map: ${titleOf(state.shown)}` });
  frame.setAttribute("src", `${file}?embed${fragment()}`);
  by("share-frame").value = frame.outerHTML.replace("loading", 'style="border: 0" loading');
};

by("share").onclick = () => {
  if (!state.shown) return;
  shareTexts();
  by("share-told").textContent = "";
  by("share-dialog").showModal();
};

for (const button of document.querySelectorAll("#share-dialog [data-copies]")) {
  button.onclick = async () => {
    const field = by(button.dataset.copies);
    field.select();
    try {
      await navigator.clipboard.writeText(field.value);
    } catch {
      // A page from a file may have no clipboard; what is selected can still be copied.
      document.execCommand("copy");
    }
    by("share-told").textContent = "Copied.";
  };
}
