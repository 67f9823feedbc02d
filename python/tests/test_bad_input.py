"""What goes wrong is told with a way out."""

import pathlib

import pytest

import pytoponym
from pytoponym import Geoparser

DOCUMENTS = [
    (None, TypeError, "leave out documents that have no text"),
    (b"Homs", TypeError, "decode it first"),
    (bytearray(b"Homs"), TypeError, "decode it first"),
    (float("nan"), TypeError, "text is nan"),
    (["Homs"], TypeError, "list; give a str"),
    ("Rain in \udc80 Homs", ValueError, "lone surrogate at index 8"),
]


@pytest.mark.parametrize(("text", "kind", "message"), DOCUMENTS)
def test_what_is_no_text_is_told(geoparser, text, kind, message):
    for call in (lambda: geoparser.parse(text), lambda: geoparser.resolve(text, []), lambda: geoparser.lookup(text)):
        with pytest.raises(kind) as raised:
            call()
        assert isinstance(raised.value, pytoponym.Error)
    with pytest.raises(kind, match=message):
        geoparser.parse(text)


def test_the_way_out_of_surrogates_leads_out(geoparser):
    text = "a\ud800b Homs \udfff"
    replaced = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    assert geoparser.parse(replaced)[0].start == text.index("Homs")


@pytest.mark.parametrize("name", ["title", "lang", "domain"])
def test_what_is_known_of_a_document_is_checked(geoparser, name):
    for value, kind in ((b"x", TypeError), ("\ud800", ValueError), (object(), TypeError)):
        with pytest.raises(kind, match=name):
            geoparser.parse("Homs.", **{name: value})
    assert geoparser.parse("Homs.", **{name: None}) == geoparser.parse("Homs.", **{name: float("nan")})


def test_nested_members_end(geoparser):
    endless = []
    endless.append(endless)
    with pytest.raises(pytoponym.DocumentError, match="nested"):
        geoparser.parse("Homs.", meta={"a": endless})
    assert geoparser.parse("Homs.", meta={"n": 10**30, 5: "x"}).to_dict()["meta"] == {"5": "x", "n": str(10**30)}


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"focus": "Syria"}, "country's code"),
        ({"focus": (1, 2, 3)}, "focus: give"),
        ({"focus": object()}, "focus: give"),
        ({"min_confidence": 1.5}, "from 0 to 1"),
        ({"min_confidence": float("nan")}, "from 0 to 1"),
        ({"min_place_confidence": -0.1}, "from 0 to 1"),
        ({"kinds": ["city"]}, "place"),
        ({"kinds": 3}, "list of them"),
        ({"languages": "english please"}, "BCP 47"),
        ({"languages": [3]}, "list of them"),
        ({"gazetteers": 5}, "path of a gazetteer"),
        ({"only": True}, "gazetteers="),
    ],
)
def test_options_out_of_range_are_told(options, message):
    with pytest.raises(pytoponym.OptionError, match=message):
        Geoparser(**options)


def test_a_missing_or_wrong_gazetteer_is_told(tmp_path, sites):
    with pytest.raises(pytoponym.GazetteerFileError, match="nowhere.idx") as missing:
        Geoparser(tmp_path / "nowhere.idx")
    assert isinstance(missing.value, FileNotFoundError) and "gazetteer.build" in str(missing.value)
    with pytest.raises(pytoponym.GazetteerError, match="is a folder"):
        Geoparser(tmp_path)
    wrong = tmp_path / "wrong.idx"
    for content in (b"", b"no index", sites.read_bytes()[:500]):
        wrong.write_bytes(content)
        with pytest.raises(pytoponym.GazetteerError, match="wrong.idx"):
            Geoparser([wrong])
        with pytest.raises(pytoponym.GazetteerError, match="wrong.idx"):
            pytoponym.gazetteer.info(wrong)
    damaged = bytearray(sites.read_bytes())
    damaged[-20:] = b"x" * 20
    wrong.write_bytes(damaged)
    with pytest.raises(pytoponym.GazetteerError):
        pytoponym.gazetteer.info(wrong, verify=True)
    with pytest.raises(pytoponym.ModelError, match="train recogniser"):
        Geoparser(recogniser=sites)
    with pytest.raises(pytoponym.ModelError, match="check the path"):
        Geoparser(recogniser=tmp_path / "nowhere")


def test_questions_out_of_range_are_told(geoparser):
    for lat, lon in ((91, 0), (0, 181), (float("nan"), 0)):
        with pytest.raises(pytoponym.OptionError, match="degrees"):
            geoparser.near(lat, lon)
    with pytest.raises(pytoponym.OptionError, match="km"):
        geoparser.near(0, 0, km=0)
    with pytest.raises(pytoponym.OptionError, match="within"):
        geoparser.within(0, 10, 5, 5)
    with pytest.raises(pytoponym.OptionError, match="not both"):
        geoparser.lookup("x", prefix=True, similar=True)
    with pytest.raises(pytoponym.OptionError, match="pairs"):
        geoparser.resolve("Homs", [(0, 1, 2)])
    with pytest.raises(pytoponym.OptionError, match="pairs"):
        geoparser.resolve("Homs", [(-1, 2)])


def test_what_looks_like_several_documents_is_told(geoparser):
    cases = [(b"Homs", "one text"), ({"text": "Homs"}, "one mapping")]
    for module in ("pandas", "polars"):
        try:
            cases.append((__import__(module).DataFrame({"text": ["Homs"]}), "a table"))
        except ImportError:
            pass
    for documents, message in cases:
        with pytest.raises(pytoponym.OptionError, match=message):
            geoparser.parse_many(documents)


def test_what_is_no_result_is_told(geoparser, tmp_path):
    path = tmp_path / "a.geojson"
    results = geoparser.parse_many(["Homs", None], on_error="return")
    with pytest.raises(pytoponym.DocumentTypeError, match="document 1: text is None"):
        pytoponym.write(results, path)
    for results, number in ((["Homs"], 0), ([geoparser.parse("Homs"), None], 1)):
        with pytest.raises(pytoponym.DocumentTypeError, match=f"result {number} is of type"):
            pytoponym.write(results, path)
    with pytest.raises(pytoponym.OptionError, match="JSON lines"):
        pytoponym.write([], path, keep_text=True)
    assert not list(tmp_path.iterdir())


def test_names_and_ids_are_texts(geoparser):
    for call in (geoparser.place, geoparser.lookup, lambda lang: geoparser.lookup("Homs", lang=lang)):
        for value, kind in ((b"x", TypeError), ("\ud800", ValueError), (5, TypeError)):
            with pytest.raises(kind) as raised:
                call(value)
            assert isinstance(raised.value, pytoponym.Error)


def test_negative_numbers_are_told(geoparser):
    calls = [
        lambda: geoparser.lookup("Homs", limit=-1),
        lambda: geoparser.near(36.2, 37.16, limit=-1),
        lambda: geoparser.within(35, 32, 42, 37, limit=-1),
    ]
    for call in calls:
        with pytest.raises(pytoponym.OptionError, match="limit: -1 is negative"):
            call()
    with pytest.raises(pytoponym.OptionError, match="jobs: give a whole number from 1"):
        geoparser.parse_many([], jobs=-1)
    assert geoparser.lookup("Homs", limit=0) == []


def test_empty_lists_are_answered(geoparser, tmp_path):
    assert list(geoparser.parse_many([])) == [] and len(geoparser.parse("")) == 0
    assert len(geoparser.resolve("Rain in Homs.", [])) == 0
    for extension in ("geojson", "gpkg", "fgb", "parquet", "jsonl", "csv", "html"):
        assert pytoponym.write([], tmp_path / f"empty.{extension}") == 0
    assert repr(Geoparser([], languages=[], kinds=[])) == "Geoparser()"


def test_a_text_of_100_mb_is_answered(geoparser):
    sentence = "Nobody was there, and nothing was said of it. "
    text = sentence * (100_000_000 // len(sentence)) + "Rain in Homs."
    result = geoparser.parse(text)
    assert result[-1].text == "Homs" and result[-1].end == len(text) - 1


def test_paths_of_all_kinds_are_taken(sites):
    for path in (sites, str(sites), [pathlib.Path(sites)], (str(sites),), iter([sites])):
        assert Geoparser(path).parse("Fighters left Camp Azum.")[0].place.id == "sites:1"
