"""Columns of pandas."""

import datetime

import pytest
from conftest import TEXTS

import pytoponym
from pytoponym import Geoparser

pandas = pytest.importorskip("pandas")
pytest.importorskip("pyarrow")
pytest.importorskip("pytoponym.pandas")


@pytest.mark.parametrize("dtype", ["object", "str", "string", "string[pyarrow]", "category", "large_string[pyarrow]"])
def test_columns_of_all_types_are_parsed(geoparser, dtype):
    values = [TEXTS[0], None, *TEXTS[1:], float("nan") if dtype == "object" else None]
    series = pandas.Series(values, index=[f"r{n}" for n in range(len(values))], name="body", dtype=dtype)
    parsed = series.toponym.parse(jobs=2)
    assert list(parsed.index) == list(series.index) and parsed.name == "body"
    for text, mentions in zip(values, parsed):
        if not isinstance(text, str):
            assert mentions is None or mentions is pandas.NA
            continue
        expected = [mention.to_dict() for mention in geoparser.parse(text)]
        assert [{name: one[name] for name in mention} for mention, one in zip(mentions, expected)] == mentions
        assert len(mentions) == len(expected)
    frame = series.toponym.mentions()
    counts = series.map(lambda text: len(geoparser.parse(text)) if isinstance(text, str) else 0)
    assert frame.index.value_counts().to_dict() == {index: count for index, count in counts.items() if count}
    for _, row in frame.iterrows():
        if row.part == "text":
            assert series[row.name][row.start : row.end].split() == row.text.split()


def test_other_columns_help(geoparser):
    frame = pandas.DataFrame(
        {
            "body": ["It rained.", "It rained.", None],
            "head": ["Homs", None, "Oslo"],
            "day": pandas.to_datetime(["2020-01-02", None, "2020-01-03"]),
            "lang": ["en", "en", None],
        }
    )
    found = frame.body.toponym.mentions(title=frame["head"], date=frame.day, domain="example.org", lang=frame.lang)
    assert found[["name", "part"]].values.tolist() == [["Homs", "title"]]
    days = frame.day.map(lambda day: day.date() if day is not pandas.NaT else None).astype(object)
    assert isinstance(days[0], datetime.date)
    assert frame.body.toponym.mentions(title=frame["head"], date=days).name.tolist() == ["Homs"]


def test_options_are_those_of_a_geoparser():
    series = pandas.Series(["It rained in Springfield."])
    assert series.toponym.mentions(Geoparser(focus=(-31.0, 138.0))).country.tolist() == ["AU"]


def test_empty_columns_have_the_same_columns():
    full = pandas.Series(["Rain in Homs."], dtype="str").toponym.mentions()
    for empty in (pandas.Series([], dtype="str"), pandas.Series([None, None], dtype="str")):
        frame = empty.toponym.mentions()
        assert len(frame) == 0 and list(frame.columns) == list(full.columns)
    assert len(pandas.Series([], dtype="str").toponym.parse()) == 0


@pytest.mark.parametrize(
    ("value", "kind", "message"),
    [
        (3, TypeError, "row 'b' is of type int"),
        (b"x", TypeError, "row 'b' is of type bytes"),
        ("\ud800", ValueError, "row 'b' has a lone surrogate"),
        (["x"], TypeError, "row 'b' is of type list"),
    ],
)
def test_a_bad_row_is_named(value, kind, message):
    series = pandas.Series(["Homs", value, "Oslo"], index=["a", "b", "c"], dtype=object)
    with pytest.raises(kind, match=message) as raised:
        series.toponym.parse()
    assert isinstance(raised.value, pytoponym.Error)


def test_columns_of_other_types_are_refused():
    for series in (pandas.Series([1, 2]), pandas.Series([1, 2], dtype="category"), pandas.to_datetime(pandas.Series(["2020-01-01"]))):
        with pytest.raises(pytoponym.DocumentTypeError):
            series.toponym.parse()
