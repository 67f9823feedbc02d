// One map of all articles: every place once, with the articles that mention it, and a timeline of their dates.

const BINS = 48;

// The day of a date, as a number of days since 1970; null for none.
const dayOf = (one) => {
  const time = /^\d{4}-\d\d-\d\d/.test(one.date || "") ? Date.parse(`${one.date.slice(0, 10)}T00:00:00Z`) : NaN;
  return Number.isNaN(time) ? null : Math.round(time / 864e5);
};
const dateOfDay = (day) => dateInWords(new Date(day * 864e5).toISOString().slice(0, 10));

// All documents between two days as one: its places are those of all, its mentions tell only the place and the document.
const together = (from, to) => {
  const all = { document: "*", title: "All articles", head: "", body: "", all: true, places_found: [], mentions_found: [], articles: [] };
  const numbers = new Map();
  for (const one of documents) {
    const day = dayOf(one);
    if (from !== null && (day === null || day < from || day > to)) continue;
    all.articles.push(one);
    one.mentions_found.forEach((mention) => {
      const place = one.places_found[mention.place];
      if (!place) return;
      const key = place.place_id || `${place.name} ${place.lat} ${place.lon}`;
      if (!numbers.has(key)) {
        numbers.set(key, all.places_found.length);
        all.places_found.push({ ...place, mentions: 0, confidence: 0, articles: new Map() });
      }
      const number = numbers.get(key);
      const joint = all.places_found[number];
      joint.mentions += 1;
      joint.confidence = Math.max(joint.confidence, mention.confidence || 0);
      joint.articles.set(one, (joint.articles.get(one) || 0) + 1);
      all.mentions_found.push({ part: "all", start: 0, end: 0, kind: mention.kind, confidence: mention.confidence, place: number });
    });
  }
  all.articles.sort((one, other) => (dayOf(one) ?? Infinity) - (dayOf(other) ?? Infinity));
  return all;
};

// The articles that mention a place, in the order of their dates.
const tellArticles = (place) => {
  const listed = [...place.articles].sort(([one], [other]) => (dayOf(one) ?? Infinity) - (dayOf(other) ?? Infinity));
  return listed.map(([one, count]) => {
    const go = () => {
      showDocument(one);
      const key = one.places_found.findIndex((other) => (place.place_id ? other.place_id === place.place_id : other.name === place.name));
      if (key >= 0) choose(key, { fly: true, reveal: true });
    };
    const told = [one.date && dateInWords(one.date), count > 1 && counted(count, "time")].filter(Boolean).join(" · ");
    return make("li", {}, make("button", { type: "button", onclick: go }, titleOf(one), make("small", { textContent: told })));
  });
};

// What stands beside the map of all: the timeline and the articles.
const showSummary = (shown) => {
  const entries = shown.articles.slice(0, LISTED).map((one) => make("li", {}, make("button", { type: "button", onclick: () => showDocument(one) }, titleOf(one), make("small", { textContent: [one.date && dateInWords(one.date), counted(one.places_found.length, "place")].filter(Boolean).join(" · ") }))));
  const told = `${shown.articles.length} of ${counted(documents.length, "article")}, ${counted(shown.places_found.length, "place")}${shown.articles.length > LISTED ? `; the first ${LISTED} articles are listed` : ""}`;
  by("article").replaceChildren(make("h1", { textContent: "All articles" }), make("p", { id: "byline", textContent: told }), ...timeline(), make("ol", { id: "summary" }, ...entries));
};

const span = { from: null, to: null };

// The days of the articles as bars, and two handles; nothing for less than two days.
const timeline = () => {
  const days = documents.map(dayOf).filter((day) => day !== null);
  const [first, last] = [Math.min(...days), Math.max(...days)];
  if (!(last > first)) return [];
  const width = Math.max(1, Math.ceil((last - first + 1) / BINS));
  const counts = Array.from({ length: Math.ceil((last - first + 1) / width) }, () => 0);
  for (const day of days) counts[Math.floor((day - first) / width)] += 1;
  const most = Math.max(...counts);
  const bars = counts.map((count, at) => {
    const bar = make("i", { title: `${dateOfDay(first + at * width)}: ${counted(count, "article")}` });
    bar.style.height = `${(100 * count) / most}%`;
    return bar;
  });
  const undated = documents.length - days.length;
  const handle = (id, label, value) => {
    const input = make("input", { type: "range", id, min: first, max: last, step: 1, value });
    const output = make("output", { textContent: dateOfDay(value) });
    input.oninput = () => (output.textContent = dateOfDay(Number(input.value)));
    input.onchange = () => {
      const [from, to] = [Number(by("from-day").value), Number(by("to-day").value)];
      Object.assign(span, from === first && to === last ? { from: null, to: null } : { from: Math.min(from, to), to: Math.max(from, to) });
      drawAll();
      by(id).focus();
    };
    return make("label", {}, make("span", { textContent: label }), input, output);
  };
  const group = make("div", { id: "timeline" }, make("div", { className: "bars" }, ...bars), handle("from-day", "From", span.from ?? first), handle("to-day", "To", span.to ?? last));
  group.setAttribute("role", "group");
  group.setAttribute("aria-label", "Dates of the articles that are shown");
  if (undated) group.append(make("small", { textContent: `${counted(undated, "article")} without a date: shown only with all days.` }));
  return [group];
};

// Draws the map of all without moving it.
const drawAll = () => {
  draw(together(span.from, span.to));
  choose(null);
  filter();
  additions.shown();
};

const showAll = () => {
  document.title = "All articles";
  showList(false);
  drawAll();
  by("article").scrollTop = 0;
  map.fit(state.points);
};
