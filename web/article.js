// A document's text with its mentions marked.

const sure = (confidence) => (confidence >= 0.9 ? 3 : confidence >= 0.75 ? 2 : confidence >= 0.5 ? 1 : 0);

// An element with properties and children.
const make = (name, properties = {}, ...children) => {
  const element = Object.assign(document.createElement(name), properties);
  element.append(...children);
  return element;
};

// Mentions in the order of the text, each after those that contain it; one that only overlaps is not marked.
const nested = (mentions) => {
  const sorted = [...mentions].sort((one, other) => one.start - other.start || other.end - one.end);
  const open = [];
  return sorted.filter((mention) => {
    while (open.length && open[open.length - 1].end <= mention.start) open.pop();
    const fits = mention.end > mention.start && (!open.length || mention.end <= open[open.length - 1].end);
    if (fits) open.push(mention);
    return fits;
  });
};

// Appends the text from `start` to before `end`, with the marks of the mentions there; takes those from the list.
const fill = (parent, text, start, end, list, mark) => {
  let at = start;
  while (list.length && list[0].start < end) {
    const mention = list.shift();
    parent.append(text.slice(at, mention.start));
    const element = mark(mention);
    fill(element, text, mention.start, mention.end, list, mark);
    parent.append(element);
    at = mention.end;
  }
  parent.append(text.slice(at, end));
};

const markedPart = (element, text, mentions, mark) => {
  fill(element, text, 0, text.length, nested(mentions), mark);
  return element;
};

// The text of a document, in which the boilerplate of a saved page is folded away.
const markedText = ({ body, folded = [] }, mentions, mark) => {
  const text = make("div", { id: "text" });
  const list = nested(mentions);
  // A block of its own for each stretch, so that its mentions are links in running text for assistive technology too.
  const add = (from, to) => {
    if (from === to) return;
    const stretch = make("div");
    fill(stretch, body, from, to, list, mark);
    text.append(stretch);
  };
  let at = 0;
  for (const [start, end] of folded) {
    add(at, start);
    const fold = make("details", { className: "fold" }, make("summary", { textContent: "Menus and links of the saved page" }));
    fill(fold, body, start, end, list, mark);
    text.append(fold);
    // A line that ends behind the fold would leave an empty one.
    at = end + (body[end] === "\n" ? 1 : 0);
  }
  if (folded.length) add(at, body.length);
  else fill(text, body, 0, body.length, list, mark);
  return text;
};

// The names without a position, each once, with the reasons.
const unplacedNames = (shown) => {
  const names = new Map();
  for (const mention of shown.mentions_found) {
    if (mention.place === null || mention.place === undefined) names.set(textOf(shown, mention), mention);
  }
  if (!names.size) return [];
  const entries = [...names].map(([name, mention]) => make("li", {}, make("b", { textContent: name }), ` ${whyUnplaced(mention)}`));
  return [make("details", { id: "unplaced" }, make("summary", { textContent: `${counted(names.size, "name")} without a position` }), make("ul", {}, ...entries))];
};

const counted = (number, noun) => `${number.toLocaleString("en")} ${noun}${number === 1 ? "" : "s"}`;

// The text of a mention.
const textOf = (shown, mention) => (mention.part === "title" ? shown.head : shown.body).slice(mention.start, mention.end).replace(/\s+/g, " ");

// A date as people write it; what is none stays as it is.
const dateInWords = (date) => {
  const [, day, time] = /^(\d{4}-\d\d-\d\d)(?:T(\d\d:\d\d))?/.exec(date) || [];
  const read = day ? new Date(`${day}T12:00:00Z`) : null;
  if (!read || Number.isNaN(read.getTime())) return date;
  const words = read.toLocaleDateString("en-GB", { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });
  return time && time !== "00:00" ? `${words}, ${time}` : words;
};

// Shows a document; `mark` makes the element of a mention.
const showArticle = (article, shown, mark) => {
  const of = (part) => shown.mentions_found.filter((mention) => mention.part === part);
  const title = make("h1");
  if (shown.head.trim()) markedPart(title, shown.head.trimEnd(), of("title"), mark);
  else {
    title.textContent = shown.title || shown.document;
    title.classList.toggle("untitled", !shown.title);
  }
  const byline = make("p", { id: "byline" });
  const told = [shown.site || shown.domain, shown.author, dateInWords(shown.date || "")].filter(Boolean);
  byline.append(told.join(" · "));
  if (/^https?:/i.test(shown.url || "")) {
    byline.append(told.length ? " · " : "", make("a", { href: shown.url, rel: "noopener noreferrer", textContent: "original" }));
  }
  article.replaceChildren(title, byline, markedText(shown, of("text"), mark), ...unplacedNames(shown));
};

// The sentence round a mention: pieces of text before it, its own and behind it.
const sentenceOf = (shown, mention) => {
  const whole = mention.part === "title" ? shown.head : shown.body;
  const ends = (at) => /[.!?。]/.test(whole[at]) && /\s/.test(whole[at + 1] || " ") && !/\p{Lu}/u.test(whole[at - 1] || "");
  const isBreak = (at) => whole[at] === "\n" && /^\s*$/.test(whole[at + 1] || "");
  let [start, end] = [mention.start, mention.end];
  while (start > 0 && mention.start - start < 240 && !ends(start - 1) && !isBreak(start - 1)) start--;
  while (end < whole.length && end - mention.end < 240 && !ends(end - 1) && !isBreak(end)) end++;
  const text = (from, to) => whole.slice(from, to).replace(/\s+/g, " ");
  return [text(start, mention.start).trimStart(), text(mention.start, mention.end), text(mention.end, end).trimEnd()];
};
