// Documents as the page holds them. What the service answers (JSON lines with the text, docs/OUTPUT.md) and what the
// reader corrects is one list of mentions, each with the place that it is taken for (`at`); places are gathered of it.

const TOLD = ["date", "language", "recogniser", "foci", "meta"];

// A line of the service -> a document. `name` is the file it came from.
const fromLine = (line, name) => {
  const meta = line.meta || {};
  const one = { document: (line.id || "").replace(/^-(?=:|$)/, name), head: line.title || "", body: line.text, checked: false };
  for (const field of TOLD) one[field] = line[field];
  for (const field of ["title", "url", "author", "site", "domain"]) one[field] = meta[field];
  const focus = (line.foci || [])[0];
  if (focus) Object.assign(one, { name: focus.name, lat: focus.lat, lon: focus.lon });
  one.mentions_found = line.mentions.map(fromMention);
  return gather(one);
};

const fromMention = ({ part, start, end, kind, match, metonymic, modified, confidence, place, alternatives, reason }) => ({
  part, start, end, kind, match, metonymic, modified, confidence, at: place || null, alternatives: alternatives || [], reason,
});

// A document -> a line, as the service writes and reads it.
const toLine = (one) => {
  const line = { id: one.document };
  for (const field of TOLD) if (one[field] !== undefined) line[field] = one[field];
  if (one.head) line.title = one.head;
  line.text = one.body;
  // A place that nothing names any more is not what the document is about.
  const named = new Set(one.mentions_found.map((mention) => mention.at && mention.at.id));
  line.foci = (one.foci || []).filter((focus) => named.has(focus.id));
  line.focus = line.foci[0] || null;
  line.mentions = one.mentions_found.map(({ place, at, ...mention }) => ({ ...mention, text: textOf(one, mention), place: at }));
  return line;
};

const keyOf = (place) => place.id || `${place.name} ${place.lat} ${place.lon}`;

// Gathers the places of a document's mentions, in the order of the text, and tells each mention the number of its own.
const gather = (one) => {
  one.mentions_found.sort((a, b) => (a.part === "text") - (b.part === "text") || a.start - b.start || b.end - a.end);
  const numbers = new Map();
  one.places_found = [];
  for (const mention of one.mentions_found) {
    delete mention.place;
    if (!mention.at) continue;
    const key = keyOf(mention.at);
    if (!numbers.has(key)) {
      numbers.set(key, one.places_found.length);
      one.places_found.push({ ...mention.at, place_id: mention.at.id, mentions: 0, confidence: 0 });
    }
    mention.place = numbers.get(key);
    const place = one.places_found[mention.place];
    place.mentions += 1;
    place.confidence = Math.max(place.confidence, mention.confidence || 0);
  }
  one.places = one.places_found.map((place) => place.name).join("; ");
  return one;
};

// The mentions of the same name, of the same kind of thing: those with the same letters.
const sameName = (one, mention) => {
  const text = textOf(one, mention);
  return one.mentions_found.filter((other) => textOf(one, other) === text);
};

// UTF-16 offsets -> code points.
const codePoints = (text, at) => [...text.slice(0, at)].length;

// A document as annotations that `toponym eval` and `toponym train` read: they count code points of the text proper, and
// know nothing of mentions in a title before it.
const toAnnotations = (one) => {
  const named = one.mentions_found.filter(({ part, kind }) => part === "text" && ["place", "demonym", "embedded"].includes(kind));
  const toponyms = named.map((mention) => {
    const { at, kind } = mention;
    // Nationalities count as names of places here, as they do in published corpora; `eval` tells them by their text.
    const toponym = { start: codePoints(one.body, mention.start), end: codePoints(one.body, mention.end), name: one.body.slice(mention.start, mention.end), kind, ...(kind === "embedded" && { type: "Embedded_Literal" }) };
    if (!at) return toponym;
    const [fclass, fcode] = (at.feature || "").split(".");
    const [, geonames] = /^geonames:(\d+)$/.exec(at.id || "") || [];
    return { ...toponym, lat: at.lat, lon: at.lon, place: at, ...(geonames && { geonameid: Number(geonames) }), ...(fclass && { fclass, fcode }) };
  });
  return { id: one.document, text: one.body, ...(one.language && { lang: one.language }), meta: one.meta || {}, toponyms };
};

// Annotations, read back -> a document. Each position of the text in code points has its UTF-16 offset.
const fromAnnotations = (line, name) => {
  const offsets = [];
  let at = 0;
  for (const letter of line.text) {
    offsets.push(at);
    at += letter.length;
  }
  offsets.push(at);
  const kinds = { Embedded_Literal: "embedded", Embedded_Non_Lit: "embedded" };
  const mentions = line.toponyms.map((toponym) => {
    const own = toponym.lat !== undefined && { id: toponym.geonameid ? `geonames:${toponym.geonameid}` : null, name: toponym.name || "?", lat: toponym.lat, lon: toponym.lon };
    const place = toponym.place || own || null;
    return { part: "text", start: offsets[toponym.start], end: offsets[toponym.end], kind: toponym.kind || kinds[toponym.type] || "place", confidence: 1, place, reason: place ? undefined : "not-in-gazetteer" };
  });
  const usable = mentions.filter(({ start, end }) => start < end);
  return { ...fromLine({ id: String(line.id ?? name), text: line.text, language: line.lang, meta: line.meta || {}, mentions: usable }, name), checked: true };
};
