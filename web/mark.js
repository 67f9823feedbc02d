// New mentions: by selecting words of the article, or by typing them.

// Where a spot of the article's text is: its part, and UTF-16 code units before it.
const spotOf = (node, offset) => {
  const holder = [["text", by("text")], ["title", document.querySelector("#article h1:not(.untitled)")]].find(([, element]) => element && element.contains(node));
  if (!holder || (holder[0] === "title" && !state.shown.head.trim())) return null;
  const range = document.createRange();
  range.setStart(holder[1], 0);
  range.setEnd(node, offset);
  return { part: holder[0], at: range.toString().length };
};

// The words that are selected, without the white space round them; null if they are none of the article's.
const selectedWords = () => {
  const selection = getSelection();
  if (!state.shown || !selection.rangeCount || selection.isCollapsed) return null;
  const range = selection.getRangeAt(0);
  const [from, to] = [spotOf(range.startContainer, range.startOffset), spotOf(range.endContainer, range.endOffset)];
  if (!from || !to || from.part !== to.part) return null;
  const whole = from.part === "title" ? state.shown.head : state.shown.body;
  const text = whole.slice(from.at, to.at);
  const [start, end] = [from.at + text.length - text.trimStart().length, to.at - text.length + text.trimEnd().length];
  return start < end && end - start <= 200 ? { part: from.part, start, end } : null;
};

// Shows the button behind the selection.
const offerMark = () => {
  const words = selectedWords();
  by("mark-words").hidden = !words;
  if (!words) return;
  const boxes = getSelection().getRangeAt(0).getClientRects();
  const box = boxes[boxes.length - 1];
  if (!box) return;
  const button = by("mark-words");
  button.style.left = `${Math.max(8, Math.min(box.right, innerWidth - button.offsetWidth - 8))}px`;
  button.style.top = `${Math.min(box.bottom + 6, innerHeight - button.offsetHeight - 8)}px`;
};

// Marks stretches of a document as mentions, and asks which place they are.
const markWords = async (one, stretches) => {
  const news = stretches.filter(({ part, start, end }) => !one.mentions_found.some((other) => other.part === part && other.start === start && other.end === end));
  if (!news.length) return say("These words are marked already.");
  try {
    const mentions = [];
    for (const { part, start, end } of news) mentions.push(await resolve(one, part, start, end));
    // What overlaps a new mention without being inside it or round it cannot be shown beside it.
    const crosses = (other) => mentions.some(({ part, start, end }) => other.part === part && other.start < end && start < other.end && !(other.start >= start && other.end <= end) && !(other.start <= start && other.end >= end));
    const change = () => (one.mentions_found = [...one.mentions_found.filter((other) => !crosses(other)), ...mentions]);
    const [first] = mentions;
    edit(one, `${textOf(one, first)} is marked, ${counted(mentions.length, "time")}.`, change, first);
    if (first.at) map.fly(first.at.lon, first.at.lat, Math.max(map.zoom, closeEnough(first.at)));
  } catch (error) {
    say(error.message);
    showProblem(error.message);
  }
};

// All stretches of a document that have these words and no letter or digit next to them.
const stretchesOf = (one, words) => {
  const escaped = words.trim().replace(/[.*+?^${}()|[\]\\]/g, "\\$&").replace(/\s+/g, "\\s+");
  const pattern = new RegExp(`(?<![\\p{L}\\p{N}])${escaped}(?![\\p{L}\\p{N}])`, "gu");
  const parts = [["title", one.head.trimEnd()], ["text", one.body]];
  return parts.flatMap(([part, text]) => [...text.matchAll(pattern)].map((match) => ({ part, start: match.index, end: match.index + match[0].length })));
};

by("mark-words").onpointerdown = (event) => event.preventDefault();
by("mark-words").onclick = () => {
  const words = selectedWords();
  by("mark-words").hidden = true;
  getSelection().removeAllRanges();
  if (words) markWords(state.shown, [words]);
};
document.addEventListener("selectionchange", offerMark);
by("article").addEventListener("scroll", offerMark);

by("open-mark").onclick = () => {
  by("words-told").textContent = "";
  by("mark-dialog").showModal();
};
by("words").oninput = () => {
  const count = by("words").value.trim() ? stretchesOf(state.shown, by("words").value).length : 0;
  by("words-told").textContent = by("words").value.trim() ? `It stands in this article ${counted(count, "time")}.` : "";
};
by("mark-dialog").onclose = () => {
  const words = by("words").value;
  by("words").value = "";
  if (by("mark-dialog").returnValue !== "mark" || !words.trim()) return;
  const stretches = stretchesOf(state.shown, words);
  if (stretches.length) markWords(state.shown, stretches);
  else say("These words do not stand in this article.");
};
