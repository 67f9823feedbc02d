"""Tables of Arrow."""

import datetime
import struct

import pytest
from conftest import TEXTS, same

import pytoponym

pyarrow = pytest.importorskip("pyarrow")


def parse(geoparser, table, **options):
    return pyarrow.table(geoparser.parse_arrow(table, **options))


@pytest.mark.parametrize("kind", [pyarrow.string(), pyarrow.large_string(), pyarrow.string_view()])
def test_texts_of_all_types_are_parsed_row_for_row(geoparser, kind):
    texts = ([TEXTS[0], None, *TEXTS[1:]] * 120)[3:]
    table = pyarrow.table({"id": range(len(texts)), "text": pyarrow.array(texts, kind)})
    # A part of a table, in batches that are not those of the threads.
    table = pyarrow.concat_tables([table.slice(0, 100), table.slice(100, 1), table.slice(101, 600)])
    found = parse(geoparser, table, jobs=3)
    assert found.num_rows == 701 and found["error"].null_count == 701
    expected = {text: geoparser.parse(text) for text in TEXTS}
    for text, row in zip(texts, found.to_pylist()):
        if text is None:
            assert row == {"language": None, "mentions": None, "error": None}
            continue
        assert row["language"] == expected[text].language
        assert [{**m.to_dict(), **facts} for m, facts in zip(expected[text], row["mentions"], strict=True)] == [
            mention.to_dict() for mention in expected[text]
        ]
    assert same([expected[TEXTS[0]]], [geoparser.parse(TEXTS[0])])


def test_bytes_that_are_no_text_cost_their_row(geoparser):
    rows = [b"Rain in Homs.", b"Rain in \xff", b"", b"Snow in Oslo."]
    ends = [sum(map(len, rows[:n])) for n in range(5)]
    buffers = [None, pyarrow.py_buffer(struct.pack("5i", *ends)), pyarrow.py_buffer(b"".join(rows))]
    broken = pyarrow.Array.from_buffers(pyarrow.string(), 4, buffers)
    fine = pyarrow.array(["x"] * 4)
    found = parse(geoparser, pyarrow.table({"text": broken})).to_pylist()
    assert [row["mentions"] and row["mentions"][0]["name"] for row in found] == ["Homs", None, [], "Oslo"]
    assert "the text is no UTF-8" in found[1]["error"] and [row["error"] for row in found][::2] == [None, None]
    titled = parse(geoparser, pyarrow.table({"text": fine, "title": broken}), title="title").to_pylist()
    assert "the title is no UTF-8" in titled[1]["error"] and titled[3]["mentions"][0]["part"] == "title"


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        (pyarrow.string(), "2 January 2020"),
        (pyarrow.date32(), datetime.date(2020, 1, 2)),
        (pyarrow.date64(), datetime.date(2020, 1, 2)),
        *((pyarrow.timestamp(unit, zone), datetime.datetime(2020, 1, 2, 3)) for unit in ("s", "ms", "us", "ns") for zone in (None, "UTC")),
        (pyarrow.null(), None),
    ],
)
def test_dates_of_all_types_are_taken(geoparser, kind, value):
    table = pyarrow.table({"body": ["Rain in Homs."], "day": pyarrow.array([value], kind)})
    found = parse(geoparser, table, text="body", date="day").to_pylist()
    assert found[0]["mentions"][0]["name"] == "Homs" and found[0]["error"] is None


def test_a_stream_is_read_as_it_is_taken(geoparser):
    read = []

    def batches():
        for number in range(100):
            read.append(number)
            yield pyarrow.record_batch({"text": [f"Rain in Homs. {number}"] * 10})

    source = pyarrow.RecordBatchReader.from_batches(pyarrow.schema({"text": pyarrow.string()}), batches())
    reader = pyarrow.RecordBatchReader.from_stream(geoparser.parse_arrow(source, jobs=2))
    first = reader.read_next_batch()
    assert first.num_rows == 10 and len(read) < 20
    assert sum(batch.num_rows for batch in reader) == 990


def test_what_the_source_raises_is_told(geoparser):
    def batches():
        yield pyarrow.record_batch({"text": ["Rain in Homs."]})
        raise KeyError("gone")

    source = pyarrow.RecordBatchReader.from_batches(pyarrow.schema({"text": pyarrow.string()}), batches())
    with pytest.raises(Exception, match="gone"):
        parse(geoparser, source)


def test_wrong_tables_are_told(geoparser):
    table = pyarrow.table({"body": ["x"], "n": [1]})
    cases = [
        (table, {}, pytoponym.OptionError, "no column \"text\" among body, n"),
        (table, {"text": "n"}, pytoponym.DocumentTypeError, "cast it to text"),
        (table, {"text": "body", "lang": "n"}, pytoponym.DocumentTypeError, "cast it to text"),
        (table, {"text": "body", "date": "m"}, pytoponym.OptionError, "no column"),
        (table, {"text": "body", "jobs": 0}, pytoponym.OptionError, "jobs"),
        (["x"], {}, pytoponym.DocumentTypeError, "__arrow_c_stream__"),
        (pyarrow.chunked_array([["x"]]), {}, pytoponym.DocumentTypeError, "no column alone"),
    ]
    for given, options, kind, message in cases:
        with pytest.raises(kind, match=message):
            geoparser.parse_arrow(given, **options)
