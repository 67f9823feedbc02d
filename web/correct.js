// Corrections of a mention: another candidate, a point of the reader's own, no mention at all.

// The steps that can be taken back: a document, and its mentions before the step.
const undone = [];

const copyOf = (mentions) => mentions.map((mention) => ({ ...mention }));

// Changes a document: `change` changes its mentions. What is shown stays where it is; `mention` is then the chosen one.
const edit = (one, told, change, mention) => {
  undone.push({ one, mentions: copyOf(one.mentions_found), checked: one.checked });
  by("undo").disabled = false;
  change();
  afterEdit(one, mention);
  say(told);
};

const afterEdit = (one, mention) => {
  gather(one);
  keep(one);
  if (state.shown !== one) return showDocument(one);
  const scrolled = by("article").scrollTop;
  draw(one);
  const still = mention && one.mentions_found.includes(mention) ? mention : null;
  const mark = still && state.marks.find((other) => other.mention === still);
  choose(still ? still.place ?? null : null, { mention: still, mark: mark && mark.mark });
  filter();
  by("article").scrollTop = scrolled;
  additions.shown();
  // What had the focus is drawn anew: it goes on where the reader works.
  if (document.activeElement === document.body) by(by("card").hidden ? "article" : "card").focus({ preventScroll: true });
};

const undo = () => {
  const last = undone.pop();
  by("undo").disabled = !undone.length;
  if (!last) return;
  last.one.mentions_found = last.mentions;
  last.one.checked = last.checked;
  afterEdit(last.one, null);
  say("The last correction is taken back.");
};

const placeLine = (place) => [place.name, describe(place)].filter(Boolean).join(", ");

// Gives some mentions a place, which a reader is sure of.
const give = (one, mentions, place, mention) => {
  const { probability, match, matched_name, likeness, km, score, ...at } = place;
  const change = () => mentions.forEach((other) => Object.assign(other, { at, confidence: 1, reason: undefined, match: undefined, kind: ["relative", "coordinate"].includes(other.kind) ? "place" : other.kind }));
  edit(one, `${textOf(one, mention)} is now ${placeLine(at)}, ${counted(mentions.length, "time")}.`, change, mention);
};

const removeAll = (one, mentions, told) => {
  const gone = new Set(mentions);
  edit(one, told, () => (one.mentions_found = one.mentions_found.filter((mention) => !gone.has(mention))), null);
};

// The part of the card in which a mention is corrected.
additions.card = (mention) => {
  const one = state.shown;
  const name = textOf(one, mention);
  const same = sameName(one, mention);
  const all = make("input", { type: "checkbox", id: "all-same", checked: state.all ?? false });
  all.onchange = () => (state.all = all.checked);
  const targets = () => (all.checked ? same : [mention]);
  const choice = (place, told) => {
    const button = make("button", { type: "button", onclick: () => give(one, targets(), place, mention) }, placeLine(place), make("small", { textContent: told }));
    button.setAttribute("aria-pressed", String(Boolean(mention.at) && keyOf(mention.at) === keyOf(place)));
    return make("li", {}, button);
  };
  const others = mention.alternatives.filter((place) => !mention.at || keyOf(place) !== keyOf(mention.at));
  const candidates = others.map((place) => choice(place, [sort(place), place.probability && `${Math.round(place.probability * 100)} %`].filter(Boolean).join(" · ")));
  const found = make("ol", { className: "choices", id: "found" });
  const search = make("input", { type: "search", id: "other-place", placeholder: "Another place", value: mention.at ? "" : name });
  search.setAttribute("aria-label", `Another place for ${name}`);
  const looks = make("button", { type: "submit", textContent: "Look up" });
  const form = make("form", { className: "row" }, search, looks);
  form.onsubmit = (event) => {
    event.preventDefault();
    findOthers(search.value, found, choice);
  };
  const moves = make("button", { type: "button", id: "move", textContent: "Set the point", onclick: () => movePoint(one, targets, mention) });
  const drops = make("button", { type: "button", id: "drop", textContent: "Remove this mention", onclick: () => removeAll(one, [mention], `${name} is no longer marked here.`) });
  const nowhere = make("button", { type: "button", id: "no-place", textContent: `“${name}” is no place`, onclick: () => removeAll(one, same, `${name} is no longer marked in this article, ${counted(same.length, "time")}.`) });
  const label = make("label", { className: "check" }, all, `everywhere it says “${name}” (${same.length})`);
  const heading = make("h3", { textContent: mention.at ? `Is “${name}” another place?` : `Where is “${name}”?` });
  const parts = [heading, make("ol", { className: "choices" }, ...candidates), form, found, make("div", { className: "row" }, moves, drops, nowhere)];
  if (same.length > 1) parts.splice(1, 0, label);
  return [make("section", { id: "correct" }, ...parts)];
};

const findOthers = async (name, list, choice) => {
  if (!name.trim()) return;
  try {
    const places = await lookup(name.trim());
    list.replaceChildren(...places.map((place) => choice(place, [sort(place), place.population && `${place.population.toLocaleString("en")} people`].filter(Boolean).join(" · "))));
    say(`${counted(places.length, "place")} found.`);
    if (!places.length) list.append(make("li", { textContent: "No place has such a name. Set its point on the map." }));
  } catch (error) {
    list.replaceChildren(make("li", { textContent: error.message }));
  }
};

// A place of the reader's own, at a point.
const ownPlace = (name, lon, lat) => {
  const [east, north] = [lon, lat].map((degrees) => Math.round(degrees * 1e5) / 1e5);
  return { id: `point:${north},${east}`, name, lat: north, lon: east, country: null, admin1: null, admin2: null, feature: null, population: null, exact_km: null, source: "set by the reader" };
};

// Asks for a point: on the map, or in numbers.
const movePoint = (one, targets, mention) => {
  const place = state.shown.places_found[mention.place];
  // What is only put somewhere near has another name than its place.
  const name = place && mention.match !== "locality" ? place.name : textOf(one, mention);
  const set = (lon, lat) => {
    map.ask(null);
    give(one, targets(), ownPlace(name, lon, lat), mention);
  };
  const numbers = make("input", { type: "text", id: "numbers", placeholder: "36.2021, 37.1343", inputMode: "text" });
  numbers.setAttribute("aria-label", "Latitude and longitude in degrees");
  const form = make("form", { className: "row" }, numbers, make("button", { type: "submit", textContent: "Set" }), make("button", { type: "button", textContent: "Cancel", onclick: () => (map.ask(null), showCard()) }));
  const wrong = make("p", { className: "wrong" });
  form.onsubmit = (event) => {
    event.preventDefault();
    const [lat, lon] = numbers.value.split(/[,;\s]+/).filter(Boolean).map(Number);
    if (Math.abs(lat) <= 90 && Math.abs(lon) <= 180) set(lon, lat);
    else wrong.textContent = "Give latitude and longitude in degrees with a comma between, such as 36.2021, 37.1343.";
  };
  by("correct").replaceChildren(make("h3", { textContent: `Where is ${name}?` }), make("p", { textContent: "Click on the map; or move it with the arrow keys and press Enter to take its middle; or give latitude and longitude:" }), form, wrong);
  map.ask(([lon, lat]) => set(lon, lat));
  by("canvas").focus();
  say("Click on the map, or move it with the arrow keys and press Enter.");
};
