"""Columns of Spark, on one machine; `scripts/check-spark` does it on a cluster of executors."""

import os
import shutil
import sys

import pytest
from conftest import TEXTS

import pytoponym
from pytoponym import Geoparser

pyspark = pytest.importorskip("pyspark")
if not shutil.which("java"):
    pytest.skip("there is no Java", allow_module_level=True)
import pytoponym.spark


@pytest.fixture(scope="module")
def session():
    from pyspark.sql import SparkSession

    os.environ["PYSPARK_PYTHON"] = sys.executable
    builder = SparkSession.builder.master("local[2]").config("spark.ui.enabled", False).config("spark.sql.shuffle.partitions", 2)
    session = builder.config("spark.sql.execution.arrow.maxRecordsPerBatch", 7).getOrCreate()
    session.sparkContext.setLogLevel("ERROR")
    yield session
    session.stop()


def test_rows_are_what_parse_gives(session, geoparser):
    texts = [TEXTS[0], None, *TEXTS[1:]] * 6
    df = session.createDataFrame(list(enumerate(texts)), "id long, body string").repartition(3)
    parsed = pytoponym.spark.parse(df, text="body")
    assert [field.name for field in parsed.schema] == ["id", "language", "mentions", "error"]
    rows = {row.id: row for row in parsed.collect()}
    assert len(rows) == len(texts)
    for number, text in enumerate(texts):
        row = rows[number]
        assert row.error is None
        if text is None:
            assert (row.language, row.mentions) == (None, None)
            continue
        result = geoparser.parse(text)
        expected = [mention.to_dict() for mention in result]
        assert row.language == result.language
        assert [{**one, **mention.asDict()} for mention, one in zip(row.mentions, expected, strict=True)] == expected


def test_mentions_are_exploded(session):
    df = session.createDataFrame([("a", "Rain in Homs, snow in Oslo."), ("b", None), ("c", "Nobody.")], "url string, text string")
    found = pytoponym.spark.parse(df, id="url").selectExpr("url", "inline(mentions)").select("url", "name", "lat")
    assert [(row.url, row.name) for row in found.orderBy("start").collect()] == [("a", "Homs"), ("a", "Oslo")]


def test_options_and_other_columns_help(session):
    import datetime

    rows = [(1, "It rained in Springfield.", "News", datetime.date(2020, 1, 2), "en"), (2, "Snow.", "Homs", None, None)]
    df = session.createDataFrame(rows, "id int, body string, head string, day date, lang string")
    parsed = pytoponym.spark.parse(df, "body", title="head", date="day", lang="lang", focus=(-31.0, 138.0)).orderBy("id").collect()
    assert [[mention.country for mention in row.mentions] for row in parsed] == [["AU"], ["SY"]]
    other = pytoponym.spark.parse(df, "body", focus="US").orderBy("id").collect()
    assert other[0].mentions[0].country == "US"


def test_a_bad_row_costs_one_row(session):
    df = session.sql(
        "SELECT * FROM VALUES (1, 'Rain in Homs.'), (2, CAST(unhex('526169FF') AS STRING)), (3, NULL), (4, 'Snow in Oslo.') AS t(id, text)"
    )
    rows = pytoponym.spark.parse(df).orderBy("id").collect()
    assert [row.mentions and row.mentions[0].name for row in rows] == ["Homs", None, None, "Oslo"]
    assert "UTF-8" in rows[1].error and [row.error for row in rows if row.id != 2] == [None] * 3


def test_empty_frames_have_the_same_schema(session):
    df = session.createDataFrame([(1, "Homs")], "id int, text string")
    full, empty = pytoponym.spark.parse(df), pytoponym.spark.parse(df.where("false"))
    assert empty.schema == full.schema and empty.collect() == []
    assert len(full.collect()) == 1


def test_wrong_options_are_told_at_once(session, tmp_path):
    df = session.createDataFrame([(1, "Homs", 2)], "id int, text string, number int")
    with pytest.raises(pytoponym.OptionError, match="country's code"):
        pytoponym.spark.parse(df, focus="Syria")
    with pytest.raises(pytoponym.GazetteerFileError):
        pytoponym.spark.parse(df, gazetteers=[str(tmp_path / "nowhere.idx")])
    with pytest.raises(pyspark.errors.AnalysisException, match="nothing"):
        pytoponym.spark.parse(df, text="nothing").collect()
    with pytest.raises(pytoponym.DocumentTypeError, match="number"):
        pytoponym.spark.parse(df, text="number")
    with pytest.raises(pytoponym.OptionError, match="rename"):
        pytoponym.spark.parse(df.withColumnRenamed("id", "language"), id="language")


def test_own_gazetteers_are_used(session, sites):
    df = session.createDataFrame([(1, "Fighters left Camp Azum.")], "id int, text string")
    row, = pytoponym.spark.parse(df, gazetteers=[str(sites)]).collect()
    assert row.mentions[0].place_id == "sites:1"
    assert Geoparser(sites).parse("Fighters left Camp Azum.")[0].place.id == "sites:1"
