// The page to read: its documents stand in it.

documents = [...document.querySelectorAll("script.document")].map((block) => JSON.parse(block.textContent));
Object.assign(map, readSurroundings(document.querySelectorAll("script.surroundings")));
showCount();
if (!documents.length) showNothing("There are no documents in this page.");
else openLink() || showDocument(documents[0]);
