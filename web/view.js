// What is shown: a document, its mentions and points, and the place that is chosen.

const by = (id) => document.getElementById(id);
const kindNames = { place: "Places", demonym: "Nationalities", embedded: "Inside other names", relative: "Relative places", coordinate: "Coordinates" };
const reasons = {
  "not-in-gazetteer": "no place of this name is known",
  ambiguous: "several places have this name, and none is probable enough",
  doubtful: "the one place of this name is not probable enough",
  "outside-text": "it is no stretch of the text",
};
const map = new WorldMap(by("stage"), readOutlines(by("outlines").textContent));
const state = { shown: null, marks: [], points: [], kinds: new Set(), chosen: null, mention: null };
// What the page to correct adds: to the card of a mention, to an entry of the list, when another document is shown.
const additions = { card: () => [], told: () => [], shown: () => {} };

const isShown = (mention) => mention.kind && state.kinds.has(mention.kind) && (mention.confidence || 0) >= Number(by("least").value);

const whyUnplaced = (mention) => `No position: ${reasons[mention.reason] || mention.reason || "unknown"}`;

// Says something to those who do not see the page.
const say = (text) => (by("status").textContent = text);

const showKinds = () => {
  const counts = new Map();
  for (const { kind } of state.shown.mentions_found) if (kind) counts.set(kind, (counts.get(kind) || 0) + 1);
  // A kind that was switched off stays so when a document is shown again.
  const off = new Set([...by("kinds").querySelectorAll("input:not(:checked)")].map((box) => box.value));
  state.kinds = new Set([...counts.keys()].filter((kind) => !off.has(kind)));
  const boxes = [...counts].map(([kind, count]) => {
    const box = make("input", { type: "checkbox", checked: !off.has(kind), value: kind });
    box.onchange = () => {
      state.kinds[box.checked ? "add" : "delete"](kind);
      filter();
    };
    return make("label", { className: "check" }, box, kindNames[kind] || kind, make("span", { className: "count", textContent: count }));
  });
  by("kinds").replaceChildren(...boxes);
};

const describe = (place) => {
  const where = [place.admin2, place.admin1, place.country && countryName(place.country)].filter(Boolean);
  return where.filter((name, at) => name !== place.name && where.indexOf(name) === at).join(", ");
};

// What GeoNames' feature codes say, the first that a code begins with.
const FEATURES = [
  ["A.PCL", "country"], ["A.TERR", "territory"], ["A.", "division"], ["P.PPLX", "district"], ["P.", "town or village"],
  ["H.", "water"], ["T.", "landform"], ["L.", "region"], ["S.", "site"], ["R.", "road"], ["V.", "vegetation"], ["U.", "undersea feature"],
];
const sort = (place) => (FEATURES.find(([code]) => (place.feature || "").startsWith(code)) || [])[1];

// The id of a place, if it has one, and a way to its page where there is one.
const idOf = (id) => {
  const [source, number] = (id || "").split(":");
  if (source !== "geonames" || !/^\d+$/.test(number)) return id ? [" · ", id] : [];
  return [" · ", make("a", { href: `https://www.geonames.org/${number}`, rel: "noopener noreferrer", textContent: id })];
};

const makePoint = (place, key) => {
  const radius = 5 + 2.1 * Math.sqrt(place.mentions);
  const dot = make("i", { className: `c${sure(place.confidence)}` });
  dot.style.width = dot.style.height = `${2 * radius}px`;
  const button = make("button", { type: "button", className: place.place_id ? "point" : "point relative" }, dot);
  // Wide enough for a finger. What is known need not be measured, which would lay out the page for every point.
  const half = Math.max(26, 2 * radius) / 2;
  button.style.width = button.style.height = `${2 * half}px`;
  button.setAttribute("aria-label", [place.name, describe(place), counted(place.mentions, "mention"), `confidence ${place.confidence}`].filter(Boolean).join(", "));
  button.title = place.name;
  button.onclick = () => choose(key, { fly: true, reveal: true });
  button.onkeydown = (event) => {
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const open = state.points.filter((point) => !point.button.hidden);
    const next = open[(open.findIndex((point) => point.key === key) + step + open.length) % open.length];
    const away = next.button.style.visibility === "hidden";
    map.held = next.key;
    if (away && !map.bounds().some((edge, at) => (at < 2 ? edge > [next.lon, next.lat][at] : edge < [next.lon, next.lat][at - 2]))) map.draw();
    else if (away) map.fly(next.lon, next.lat, map.zoom);
    next.button.style.visibility = "visible";
    focusable(next);
    next.button.focus();
  };
  const km = place.uncertainty_km || place.exact_km;
  const area = place.area && (place.area.type === "MultiPolygon" ? place.area.coordinates : [place.area.coordinates]);
  return { key, radius, half, button, km, area, sure: sure(place.confidence), turned: !place.place_id, name: place.name, lon: place.lon, lat: place.lat, mentions: place.mentions };
};

// One point is in the order of the tab key; the arrow keys lead to the others.
const focusable = (wanted) => {
  for (const point of state.points) point.button.tabIndex = point === wanted ? 0 : -1;
};

const makeMark = (mention) => {
  const place = state.shown.places_found[mention.place];
  const mark = make("mark", { className: mention.kind || "unplaced" });
  state.marks.push({ mention, mark });
  if (!place) {
    mark.classList.add("unplaced");
    mark.title = whyUnplaced(mention);
  } else {
    if (sure(mention.confidence) < 1) mark.classList.add("doubtful");
    mark.title = [place.name, describe(place)].filter(Boolean).join(", ");
  }
  // It leads to its point. A button could not hold the marks of names inside it; a link may.
  mark.setAttribute("role", "link");
  const go = (event) => {
    event.stopPropagation();
    event.preventDefault();
    if (isShown(mention)) choose(mention.place ?? null, { fly: true, mark, mention });
  };
  mark.onclick = go;
  mark.onkeydown = (event) => {
    if (event.key !== "Enter" && event.key !== " ") return;
    go(event);
    // What can be done with it stands there; Escape leads back.
    by("card").focus({ preventScroll: true });
  };
  return mark;
};

// Shows only what the filters let through.
const filter = () => {
  by("least-shown").textContent = Number(by("least").value).toFixed(2);
  const open = new Set();
  for (const { mention, mark } of state.marks) {
    const shown = isShown(mention);
    mark.classList.toggle("out", Boolean(mention.kind) && !shown);
    mark.tabIndex = shown ? 0 : -1;
  }
  for (const mention of state.shown.mentions_found) if (isShown(mention)) open.add(mention.place);
  for (const point of state.points) point.button.hidden = !open.has(point.key);
  const shown = state.points.filter((point) => open.has(point.key));
  map.show(shown);
  focusable(shown.find((point) => point.key === state.chosen) || shown[0]);
  if (state.chosen !== null && !open.has(state.chosen)) choose(null);
  else if (state.chosen !== null || state.mention) showCard();
};

const closeButton = () => {
  const close = make("button", { type: "button", id: "close", textContent: "×", onclick: () => choose(null) });
  close.setAttribute("aria-label", "Close");
  return close;
};

const showCard = () => {
  const place = state.shown.places_found[state.chosen];
  const { mention } = state;
  by("card").hidden = !place && !mention;
  if (by("card").hidden) return;
  const [title, told, ...more] = place ? tellPlace(place) : [make("h2", { textContent: textOf(state.shown, mention) }), make("p", { className: "why", textContent: whyUnplaced(mention) })];
  by("card").replaceChildren(title, told, ...(mention ? additions.card(mention) : []), ...more, closeButton());
  by("card").scrollTop = 0;
};

// What is known of a place, and the sentences that mention it.
const tellPlace = (place) => {
  const title = make("h2", { textContent: place.name });
  const people = place.population && `${place.population.toLocaleString("en")} people`;
  const away = place.uncertainty_km && `within ${Math.round(place.uncertainty_km)} km`;
  const told = [sort(place), describe(place), people, away, `confidence ${place.confidence}`].filter(Boolean);
  const line = make("p", {}, told.join(" · "), ...idOf(place.place_id));
  if (place.articles) return [title, line, make("ol", {}, ...tellArticles(place))];
  const uses = state.marks.filter(({ mention }) => mention.place === state.chosen && isShown(mention));
  const sentences = uses.map(({ mention, mark }) => {
    const [before, text, behind] = sentenceOf(state.shown, mention);
    const go = () => {
      state.mention = mention;
      reveal(mark);
      showCard();
    };
    return make("li", {}, make("button", { type: "button", onclick: go }, before, make("b", { textContent: text }), behind));
  });
  return [title, line, make("ol", {}, ...sentences)];
};

// Brings a mention into view.
const reveal = (mark) => {
  const fold = mark && mark.closest("details");
  if (fold) fold.open = true;
  for (const other of state.marks) other.mark.classList.toggle("here", other.mark === mark);
  if (mark) mark.scrollIntoView({ block: "center" });
};

// Chooses a place and one of its mentions: from a mention the map goes there, from a point the article does.
const choose = (key, { fly = false, mark = null, mention = null, reveal: toText = false } = {}) => {
  const first = state.marks.find((one) => key !== null && one.mention.place === key && isShown(one.mention));
  state.chosen = key;
  state.mention = mention || (first ? first.mention : null);
  map.chosen = key;
  for (const point of state.points) point.button.setAttribute("aria-pressed", String(point.key === key));
  for (const one of state.marks) one.mark.classList.toggle("chosen", key !== null && one.mention.place === key);
  const point = state.points.find((one) => one.key === key);
  if (point) focusable(point);
  showCard();
  const place = state.shown && state.shown.places_found[key];
  if (place) say([place.name, describe(place), counted(place.mentions, "mention")].filter(Boolean).join(", "));
  link();
  if (toText) reveal(first && first.mark);
  else if (mark) {
    for (const other of state.marks) other.mark.classList.toggle("here", other.mark === mark);
  } else reveal(null);
  if (fly && point) map.fly(point.lon, point.lat, Math.max(map.zoom, closeEnough(state.shown.places_found[key])));
  map.draw();
};

// How near one must be to see a place among its neighbours: the smaller, the nearer.
const closeEnough = (place) => {
  const feature = place.feature || "";
  if (/^A\.PCL|^L\.|^H\.(OCN|SEA)/.test(feature)) return 4;
  if (/^A\.ADM1|^[TH]\./.test(feature)) return 6;
  return feature.startsWith("P.PPLX") || /^[SR]\./.test(feature) ? 10 : 7.5;
};

const showDocument = (shown) => {
  document.title = titleOf(shown);
  showList(false);
  draw(shown);
  by("article").scrollTop = 0;
  choose(null);
  filter();
  map.fit(nearFocus(state.points, shown));
  additions.shown();
};

// Draws a document anew, without moving anything.
const draw = (shown) => {
  Object.assign(state, { shown, marks: [], points: [], chosen: null, mention: null });
  showKinds();
  if (shown.all) showSummary(shown);
  else showArticle(by("article"), shown, makeMark);
  by("zoom-focus").hidden = shown.lat === undefined;
  by("zoom-focus").title = `What the article is about: ${shown.name}`;
  state.points = shown.places_found.map(makePoint);
  by("points").replaceChildren(...state.points.map((point) => point.button));
};

const showNothing = (text) => {
  Object.assign(state, { shown: null, marks: [], points: [], chosen: null, mention: null });
  by("article").replaceChildren(make("p", { textContent: text }));
  by("points").replaceChildren();
  by("kinds").replaceChildren();
  by("card").hidden = true;
  map.show([]);
  map.fit([]);
};

// The places of a cluster that lie on one spot, to choose from.
map.list = (points) => {
  choose(null);
  const entries = points.map(({ key, name }) => {
    const place = state.shown.places_found[key];
    return make("li", {}, make("button", { type: "button", onclick: () => choose(key, { fly: true, reveal: true }) }, name, make("small", { textContent: [describe(place), counted(place.mentions, "mention")].filter(Boolean).join(" · ") })));
  });
  by("card").hidden = false;
  by("card").replaceChildren(make("h2", { textContent: counted(points.length, "place") + " on one spot" }), make("ol", { className: "choices" }, ...entries), closeButton());
  by("card").focus({ preventScroll: true });
};

// The points round what the document is about: the nearest ones that have most of the mentions, so that one far-off capital or
// a country's middle does not shrink the map to a dot.
const nearFocus = (points, { lat, lon, places_found: places }) => {
  if (lat === undefined) return points;
  const far = (point) => Math.hypot((((point.lon - lon + 540) % 360) - 180) * Math.cos((lat * Math.PI) / 180), point.lat - lat);
  const small = points.filter(({ key }) => closeEnough(places[key]) > 6).sort((one, other) => far(one) - far(other));
  if (small.length < 2) return points.filter((point) => far(point) < 12);
  const enough = 0.7 * small.reduce((sum, { mentions }) => sum + mentions, 0);
  let seen = 0;
  return small.filter(({ mentions }) => (seen += mentions) - mentions < enough);
};

by("least").oninput = () => state.shown && filter();
by("open-filters").onclick = () => {
  const open = by("filters").classList.toggle("open");
  by("open-filters").setAttribute("aria-expanded", String(open));
};
by("tiles").onchange = () => {
  map.useTiles(by("tiles").checked);
  by("tile-credit").hidden = !by("tiles").checked;
};
by("zoom-in").onclick = () => map.zoomBy(1);
by("zoom-out").onclick = () => map.zoomBy(-1);
by("picture").onclick = async () => {
  const title = state.shown ? titleOf(state.shown) : "map";
  const way = make("a", { href: URL.createObjectURL(await map.picture(title, by("credit").innerText.trim())), download: `${title.replace(/[^\p{L}\p{N}]+/gu, "-").slice(0, 60)}.png` });
  way.click();
  setTimeout(() => URL.revokeObjectURL(way.href), 10000);
};
by("zoom-focus").onclick = () => {
  const { lat, lon, name } = state.shown;
  const key = state.shown.places_found.findIndex((place) => place.name === name);
  if (key >= 0) choose(key, { fly: true, reveal: true });
  else map.fly(lon, lat, Math.max(map.zoom, 7.5));
};
by("zoom-all").onclick = () => map.fit(state.points.filter((point) => !point.button.hidden));
by("canvas").addEventListener("keydown", (event) => event.key === "0" && by("zoom-all").click());
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || document.querySelector("dialog[open]")) return;
  if (!by("list").hidden) {
    showList(false);
    by("open-list").focus();
  } else if (map.asked) map.ask(null);
  else if (state.shown) {
    const inCard = by("card").contains(document.activeElement);
    const left = state.marks.find(({ mention }) => mention === state.mention);
    choose(null);
    if (inCard) (left ? left.mark : by("article")).focus();
  }
});
// There is no other frame before the page is printed, and paper has no buttons.
addEventListener("beforeprint", () => {
  document.body.classList.add("printing");
  map.resize();
  map.paintWhole();
});
addEventListener("afterprint", () => {
  document.body.classList.remove("printing");
  map.resize();
});
