"""spaCy: ``nlp.add_pipe("toponym")`` tells which places the entities of a pipeline are. Needs spaCy.

>>> import spacy
>>> nlp = spacy.blank("en")
>>> component = nlp.add_pipe("toponym")
>>> doc = nlp("Shells fell on Aleppo in Syria.")
>>> [(ent.text, ent.label_, ent.kb_id_, ent._.place.country) for ent in doc.ents]
[('Aleppo', 'GPE', 'geonames:170063', 'SY'), ('Syria', 'GPE', 'geonames:163843', 'SY')]

``ent.kb_id_`` is the place's id and ``ent._.place`` the place, None without one; ``span._.toponym`` is the mention with all that is known of it,
``doc._.toponyms`` what was found in the document, and ``doc.spans["toponyms"]`` all its mentions, which may overlap.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import srsly
from spacy.language import Language
from spacy.tokens import Doc, Span
from spacy.util import ensure_path, filter_spans, minibatch

from pytoponym._errors import GazetteerFileError, OptionError
from pytoponym._native import Annotations, Geoparser, Mention, Place

__all__ = ["ToponymComponent", "make_component"]

# Labels of named entities by GeoNames feature class; what is not here is a geopolitical entity.
_LABELS = {"H": "LOC", "T": "LOC", "L": "LOC", "V": "LOC", "U": "LOC", "S": "FAC", "R": "FAC"}
_USER_DATA = "toponym"
_DEFAULTS: dict[str, Any] = {
    "mentions": "auto",
    "labels": ["GPE", "LOC", "FAC"],
    "spans_key": "toponyms",
    "jobs": 1,
    "options": {},
}


class ToponymComponent:
    """The component of a pipeline: finds mentions, or takes the pipeline's entities, and decides which places they are."""

    def __init__(
        self, name: str, *, mentions: str, labels: Iterable[str], spans_key: str, jobs: int, options: dict[str, Any]
    ) -> None:
        if mentions not in ("auto", "find", "resolve"):
            raise OptionError(f"mentions: {mentions!r} is none of 'auto', 'find', 'resolve'")
        self.name = name
        self.mentions = mentions
        self.labels = frozenset(labels)
        self.spans_key = spans_key
        self.jobs = jobs
        self.options = dict(options)
        self._geoparser: Geoparser | None = None
        try:
            self.geoparser
        except GazetteerFileError:
            # A pipeline that is read from disk brings its gazetteers along, and opens them in `from_disk`.
            pass

    @property
    def geoparser(self) -> Geoparser:
        """What answers."""
        if self._geoparser is None:
            self._geoparser = Geoparser(**self.options)
        return self._geoparser

    def __call__(self, doc: Doc) -> Doc:
        """Annotates a document."""
        return next(self.pipe([doc]))

    def pipe(self, stream: Iterable[Doc], *, batch_size: int = 128) -> Iterator[Doc]:
        """Annotates documents, found mentions on ``jobs`` threads, in their order."""
        for docs in minibatch(stream, batch_size):
            found = [doc for doc in docs if not self._resolves(doc)]
            texts = ({"text": doc.text, "lang": _language(doc)} for doc in found)
            answers = iter(self.geoparser.parse_many(texts, jobs=self.jobs))
            for doc in docs:
                if self._resolves(doc):
                    self._resolve(doc)
                else:
                    self._find(doc, next(answers))
                yield doc

    def _resolves(self, doc: Doc) -> bool:
        return self.mentions == "resolve" or self.mentions == "auto" and doc.has_annotation("ENT_IOB")

    def _resolve(self, doc: Doc) -> None:
        """Resolves the entities that the pipeline has found."""
        spans = [(ent.start_char, ent.end_char) for ent in doc.ents if ent.label_ in self.labels]
        answers = self.geoparser.resolve(doc.text, spans, lang=_language(doc))
        doc.user_data[_USER_DATA] = answers
        placed = []
        for ent in doc.ents:
            place = _place(ent) if ent.label_ in self.labels else None
            kb_id = place.id if place else ent.kb_id_
            placed.append(Span(doc, ent.start, ent.end, label=ent.label_, kb_id=kb_id, span_id=ent.id_))
        doc.ents = placed
        self._group(doc, answers)

    def _find(self, doc: Doc, found: Annotations) -> None:
        """Makes entities of names of places, besides those that there are."""
        doc.user_data[_USER_DATA] = found
        names = [mention for mention in found if mention.kind in ("place", "demonym")]
        spans = [span for span in (_span(doc, mention) for mention in names) if span is not None]
        known = set(doc.ents)
        taken = {token.i for ent in known for token in ent}
        free = [span for span in filter_spans(spans) if not any(token.i in taken for token in span)]
        doc.ents = [*known, *free]
        self._group(doc, found)

    def _group(self, doc: Doc, found: Annotations) -> None:
        spans = (_span(doc, mention) for mention in found)
        doc.spans[self.spans_key] = [span for span in spans if span is not None]

    def to_bytes(self, *, exclude: Iterable[str] = ()) -> bytes:
        """The settings. Gazetteers are named and not held: they must be there when the bytes are read."""
        return json.dumps(self._settings()).encode()

    def from_bytes(self, data: bytes, *, exclude: Iterable[str] = ()) -> ToponymComponent:
        """Takes on the settings of ``to_bytes``."""
        return self._take(json.loads(data))

    def to_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> None:
        """Writes the settings and the gazetteers to a folder."""
        folder = ensure_path(path)
        folder.mkdir(parents=True, exist_ok=True)
        settings = self._settings()
        copies = []
        for number, source in enumerate(settings["options"].get("gazetteers", ())):
            copies.append(f"{number}-{Path(source).name}")
            if Path(source).resolve() != (folder / copies[-1]).resolve():
                shutil.copyfile(source, folder / copies[-1])
        if copies:
            settings["options"]["gazetteers"] = copies
        srsly.write_json(folder / "settings.json", settings)

    def from_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> ToponymComponent:
        """Reads what ``to_disk`` wrote."""
        folder = ensure_path(path)
        settings = srsly.read_json(folder / "settings.json")
        if copies := settings["options"].get("gazetteers"):
            settings["options"]["gazetteers"] = [str(folder / copy) for copy in copies]
        return self._take(settings)

    def _settings(self) -> dict[str, Any]:
        options = dict(self.options)
        gazetteers = options.get("gazetteers")
        if gazetteers:
            options["gazetteers"] = [gazetteers] if isinstance(gazetteers, str) else [str(path) for path in gazetteers]
        return {
            "mentions": self.mentions,
            "labels": sorted(self.labels),
            "spans_key": self.spans_key,
            "jobs": self.jobs,
            "options": options,
        }

    def _take(self, settings: dict[str, Any]) -> ToponymComponent:
        self.__init__(self.name, **settings)  # type: ignore[misc]
        return self


@Language.factory(  # type: ignore[untyped-decorator]
    "toponym",
    default_config=_DEFAULTS,
    assigns=["doc.ents", "doc.spans", "doc._.toponyms", "span._.place", "span._.toponym", "token.ent_kb_id"],
)
def make_component(
    nlp: Language, name: str, mentions: str, labels: list[str], spans_key: str, jobs: int, options: dict[str, Any]
) -> ToponymComponent:
    """Makes the component: ``nlp.add_pipe("toponym", config={"options": {"focus": "SY"}})``.

    ``mentions``: ``find`` finds names and makes entities of them, ``resolve`` takes the entities of the pipeline, ``auto`` takes them where an
    earlier component has looked for entities. ``labels``: of the entities that are resolved. ``spans_key``: of the group of all mentions.
    ``jobs``: the number of threads for found mentions. ``options``: those of ``Geoparser``.
    """
    return ToponymComponent(name, mentions=mentions, labels=labels, spans_key=spans_key, jobs=jobs, options=options)


def _language(doc: Doc) -> str | None:
    """The language of the pipeline; None for one of all languages."""
    return doc.lang_ if doc.lang_ not in ("", "xx") else None


def _span(doc: Doc, mention: Mention) -> Span | None:
    """The tokens of a mention, all those that it touches."""
    place = mention.place
    if mention.kind == "demonym":
        label = "NORP"
    elif place is None:
        label = "LOC" if mention.relative else "GPE"
    else:
        label = _LABELS.get((place.feature or " ")[0], "GPE")
    kb_id = place.id if place else ""
    span = doc.char_span(mention.start, mention.end, label=label, kb_id=kb_id, alignment_mode="expand")
    return span if mention.reason != "outside-text" else None


def _toponyms(doc: Doc) -> Annotations | None:
    found: Annotations | None = doc.user_data.get(_USER_DATA)
    return found


def _toponym(span: Span) -> Mention | None:
    """The mention at a span; where a span reaches beyond its mention by parts of tokens, the first that lies in it."""
    found = _toponyms(span.doc)
    if found is None:
        return None
    return found.mention_at(span.start_char, span.end_char) or found.mention_in(span.start_char, span.end_char)


def _place(span: Span) -> Place | None:
    mention = _toponym(span)
    return mention.place if mention else None


Doc.set_extension("toponyms", getter=_toponyms, force=True)
Span.set_extension("toponym", getter=_toponym, force=True)
Span.set_extension("place", getter=_place, force=True)
