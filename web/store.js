// What the page keeps in the browser: the documents with their corrections, in a database of this page's own.

const store = { database: null, pending: 0 };

const request = (asked) =>
  new Promise((done, failed) => {
    asked.onsuccess = () => done(asked.result);
    asked.onerror = () => failed(asked.error);
  });

const inStore = (mode, work) => (store.database ? request(work(store.database.transaction("documents", mode).objectStore("documents"))) : Promise.resolve());

// Opens it, and returns the documents kept. A browser that keeps nothing (a private window may not) is told of.
const openStore = async () => {
  try {
    const opening = indexedDB.open("toponym", 1);
    opening.onupgradeneeded = () => opening.result.createObjectStore("documents", { keyPath: "key", autoIncrement: true });
    store.database = await request(opening);
    return await inStore("readonly", (documents) => documents.getAll());
  } catch {
    say("This browser keeps nothing: download your corrections before you close the page.");
    return [];
  }
};

// Keeps a document as it is now.
const keep = async (one) => {
  store.pending += 1;
  try {
    const key = await inStore("readwrite", (documents) => documents.put(one));
    if (key !== undefined) one.key = key;
  } catch {
    say("The browser has no room for this article: download your corrections before you close the page.");
  }
  store.pending -= 1;
};

// A correction is kept within milliseconds; who leaves sooner is asked to wait.
addEventListener("beforeunload", (event) => store.pending && event.preventDefault());

const forget = (one) => (one.key === undefined ? Promise.resolve() : inStore("readwrite", (documents) => documents.delete(one.key)));
