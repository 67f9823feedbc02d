"""The function of DuckDB."""

import pytest
from conftest import TEXTS

import pytoponym
from pytoponym import Geoparser

duckdb = pytest.importorskip("duckdb")
pytest.importorskip("pyarrow")
pytest.importorskip("pytoponym.duckdb")


@pytest.fixture
def connection():
    connection = duckdb.connect()
    pytoponym.duckdb.register(connection)
    yield connection
    connection.close()


def test_rows_are_what_parse_gives(geoparser, connection):
    texts = [TEXTS[0], None, *TEXTS[1:]] * 700
    connection.execute("CREATE TABLE articles (id INTEGER, body VARCHAR)")
    connection.executemany("INSERT INTO articles VALUES (?, ?)", list(enumerate(texts[:70])))
    connection.execute("INSERT INTO articles SELECT id + 70 * n, body FROM articles, range(1, 70) AS t(n)")
    rows = connection.execute("SELECT body, geoparse(body) FROM articles ORDER BY id").fetchall()
    assert len(rows) == 4900
    expected = {text: [mention.to_dict() for mention in geoparser.parse(text)] for text in TEXTS}
    for text, mentions in rows:
        assert (mentions is None) == (text is None)
        if text is not None:
            assert [{**one, **mention} for mention, one in zip(mentions, expected[text])] == expected[text]
            assert len(mentions) == len(expected[text])


def test_mentions_are_unnested_and_filtered(connection):
    query = """
        SELECT m.name, count(*) FROM (SELECT unnest(geoparse(t)) AS m FROM (VALUES ('Homs, Homs'), ('Oslo'), (NULL)) v(t))
        WHERE m.confidence > 0.1 GROUP BY ALL ORDER BY 1
    """
    assert connection.sql(query).fetchall() == [("Homs", 2), ("Oslo", 1)]
    assert connection.sql("SELECT len(geoparse('')), geoparse(NULL)").fetchall() == [(0, None)]
    assert connection.sql("SELECT geoparse(t) FROM (SELECT 'x' AS t WHERE false)").fetchall() == []


def test_a_function_may_have_another_name_and_geoparser(connection):
    pytoponym.duckdb.register(connection, "in_australia", Geoparser(focus=(-31.0, 138.0)), jobs=2)
    query = "SELECT in_australia('It rained in Springfield.')[1].country, geoparse('It rained in Springfield.')[1].country"
    assert connection.sql(query).fetchall() == [("AU", "US")]
