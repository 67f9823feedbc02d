"""Expressions and columns of Polars."""

import datetime

import pytest
from conftest import TEXTS

import pytoponym
from pytoponym import Geoparser

polars = pytest.importorskip("polars")
pytest.importorskip("pytoponym.polars")


def test_lists_of_structs_are_what_parse_gives(geoparser):
    texts = [TEXTS[0], None, *TEXTS[1:]] * 50
    frame = polars.DataFrame({"body": texts})
    parsed = frame.select(polars.col("body").toponym.parse())["body"].to_list()
    assert parsed == frame["body"].toponym.parse(jobs=2).to_list()
    for text, mentions in zip(texts, parsed):
        assert (mentions is None) == (text is None)
        if text is not None:
            expected = [mention.to_dict() for mention in geoparser.parse(text)]
            assert mentions == [{name: one[name] for name in mentions[0]} for one in expected]


def test_lazy_frames_and_groups_know_the_type():
    frame = polars.DataFrame({"id": [1, 2, 3], "body": ["Homs and Oslo.", None, "Nobody."]})
    lazy = frame.lazy().with_columns(polars.col("body").toponym.parse().alias("mentions"))
    names = lazy.explode("mentions").select("id", polars.col("mentions").struct.field("name")).collect()
    assert [row for row in names.rows() if row[1]] == [(1, "Homs"), (1, "Oslo")]
    assert lazy.collect_schema()["mentions"] == lazy.collect()["mentions"].dtype
    streamed = lazy.collect(engine="streaming")
    assert streamed.sort("id").equals(lazy.collect())
    empty = frame.clear().with_columns(polars.col("body").toponym.parse())
    assert len(empty) == 0 and empty["body"].dtype == lazy.collect()["mentions"].dtype
    assert frame.slice(1, 1)["body"].toponym.parse().to_list() == [None]


def test_other_columns_help():
    frame = polars.DataFrame(
        {
            "body": ["It rained in Springfield.", "Snow.", "Snow."],
            "head": [None, "Homs", "Oslo"],
            "day": [datetime.date(2020, 1, 2), None, None],
        },
        schema_overrides={"head": polars.Categorical},
    )
    parse = polars.col("body").toponym.parse
    found = frame.select(parse(title="head", date="day", lang=polars.lit("en"), domain=polars.lit("example.org")))
    assert [[mention["name"] for mention in mentions] for mentions in found["body"]][1:] == [["Homs"], ["Oslo"]]
    hinted = frame.select(parse(Geoparser(focus=(-31.0, 138.0))))
    assert hinted["body"][0][0]["country"] == "AU"


def test_other_columns_than_texts_are_refused():
    frame = polars.DataFrame({"n": [1, 2]})
    with pytest.raises((polars.exceptions.PolarsError, pytoponym.Error), match="cast it to text"):
        frame.select(polars.col("n").toponym.parse())
    with pytest.raises(pytoponym.DocumentTypeError, match="cast it to text"):
        frame["n"].toponym.parse()
