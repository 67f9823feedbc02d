// The service that serves this page. It may ask for a token, which is kept until the window is closed.

const token = () => sessionStorage.getItem("token");

// Asks the service; an error says what it says.
const ask = async (path, { type, body, accept } = {}) => {
  const headers = { ...(type && { "Content-Type": type }), ...(accept && { Accept: accept }), ...(token() && { Authorization: `Bearer ${token()}` }) };
  let answer;
  try {
    answer = await fetch(path, body === undefined ? { headers } : { method: "POST", headers, body });
  } catch {
    throw new Error("The program does not answer: start `toponym serve` again, and try again.");
  }
  if (answer.status === 401 && (await askToken())) return ask(path, { type, body, accept });
  if (answer.status === 429) {
    await new Promise((done) => setTimeout(done, 1000 * Number(answer.headers.get("Retry-After") || 1)));
    return ask(path, { type, body, accept });
  }
  if (!answer.ok) {
    const problem = await answer.json().catch(() => ({}));
    throw new Error(problem.detail || `the program answers ${answer.status}`);
  }
  return answer;
};

// Asks the reader for the token; whether one was given.
const askToken = () =>
  new Promise((done) => {
    const dialog = by("token-dialog");
    dialog.onclose = () => {
      const given = dialog.returnValue === "send" && by("token").value;
      if (given) sessionStorage.setItem("token", given);
      by("token").value = "";
      done(Boolean(given));
    };
    dialog.showModal();
  });

// The types of files by their extension; the program tells others by how they begin.
const TYPES = {
  txt: "text/plain", md: "text/markdown", html: "text/html", htm: "text/html", jsonl: "application/x-ndjson", ndjson: "application/x-ndjson", json: "application/json",
  csv: "text/csv", tsv: "text/tab-separated-values", xml: "application/xml", rss: "application/rss+xml", atom: "application/atom+xml", eml: "message/rfc822",
  warc: "application/warc", docx: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
};
const typeOf = (name) => TYPES[name.toLowerCase().split(".").pop()] || "application/octet-stream";

const asLines = (text) => text.split("\n").filter((line) => line.trim()).map((line) => JSON.parse(line));

// Finds the places of a text or a file: documents.
const parse = async (body, type, name) => {
  const answer = await ask("v1/parse?format=jsonl&keep-text=true&offsets=utf16&geometry=area", { type, body });
  const lines = asLines(await answer.text());
  const bad = lines.find((line) => line.error);
  if (bad) throw new Error(`line ${bad.line}: ${bad.error.detail}`);
  return lines.map((line) => fromLine(line, name));
};

// Documents that this page has exported, corrected lines or annotations; null for a file of another kind.
const reopen = (text, name) => {
  try {
    const lines = asLines(text);
    if (!lines.length || !lines.every((line) => typeof line.text === "string")) return null;
    if (lines.every((line) => Array.isArray(line.mentions))) return lines.map((line) => ({ ...fromLine(line, name), checked: Boolean(line.checked) }));
    if (lines.every((line) => Array.isArray(line.toponyms))) return lines.map((line) => fromAnnotations(line, name));
  } catch {
    // It is for the program to say what is wrong with it.
  }
  return null;
};

// Which place some words of a document are: a mention. They stand from `start` to `end` of one of its parts.
const resolve = async (one, part, start, end) => {
  const text = part === "title" ? one.head : one.body;
  const span = { start: codePoints(text, start), end: codePoints(text, end) };
  const asked = { id: "asked", text, ...(one.language && { lang: one.language }), meta: part === "text" ? one.meta : {}, toponyms: [span] };
  const answer = await ask("v1/resolve?format=jsonl&offsets=utf16&geometry=area", { type: "application/json", body: JSON.stringify(asked) });
  const [line] = asLines(await answer.text());
  const found = line.mentions.find((mention) => mention.part === "text" && mention.start === start && mention.end === end) || {};
  return fromMention({ ...found, part, start, end, kind: "place", confidence: 1, place: found.place || null, reason: found.place ? undefined : found.reason || "not-in-gazetteer" });
};

// The places of a name, the likeliest first.
const lookup = async (name) => {
  const answer = await ask(`v1/lookup?limit=12&name=${encodeURIComponent(name)}`);
  return (await answer.json()).places;
};
