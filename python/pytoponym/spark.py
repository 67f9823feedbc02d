"""Spark: ``pytoponym.spark.parse(df)`` parses a column of texts on all executors. Needs PySpark, pandas and PyArrow there."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator
from typing import Any

import pyarrow
from pyspark.sql import DataFrame
from pyspark.sql.types import StructField, StructType

from pytoponym._errors import OptionError
from pytoponym._native import Geoparser

__all__ = ["parse"]


@functools.cache
def _geoparser(options: tuple[tuple[str, Any], ...]) -> Geoparser:
    """A geoparser, made once a process; its files are mapped into memory, and shared by all processes of a machine."""
    return Geoparser(**dict(options))


def parse(
    df: DataFrame,
    text: str = "text",
    id: str = "id",
    *,
    title: str | None = None,
    date: str | None = None,
    domain: str | None = None,
    lang: str | None = None,
    jobs: int = 1,
    **options: Any,
) -> DataFrame:
    """Parses a column of texts: a row a document, with the columns ``id``, ``language``, ``mentions`` and ``error``.

    ``mentions`` is an array of structs, whose fields are those of ``Mention.to_dict``: ``explode`` it for a row a mention. A null text gives
    nulls, and a row that the program fails on has nulls and the reason in ``error``. ``title``, ``date``, ``domain`` and ``lang`` name columns
    that help to answer. ``jobs`` is the number of threads of a task, and ``options`` are those of ``Geoparser``; files among them must
    be there on every executor, as ``SparkContext.addFile`` sees to.

    >>> parsed = parse(articles, text="body", id="url")                               # doctest: +SKIP
    >>> parsed.selectExpr("url", "inline(mentions)").select("url", "name", "country") # doctest: +SKIP
    """
    from pyspark.sql.pandas.types import from_arrow_type, to_arrow_schema

    key = tuple((name, _hashable(value)) for name, value in sorted(options.items()))
    others = {"title": title, "date": date, "domain": domain, "lang": lang}
    named: dict[str, Any] = {"text": text, **{name: column for name, column in others.items() if column is not None}}
    columns = list(dict.fromkeys([id, *named.values()]))

    def answer(batches: Iterable[pyarrow.RecordBatch]) -> Iterator[pyarrow.RecordBatch]:
        geoparser = _geoparser(key)
        for batch in batches:
            table = pyarrow.Table.from_batches([batch])
            found = pyarrow.table(geoparser.parse_arrow(table, jobs=jobs, **named))
            yield from found.add_column(0, id, table[id]).to_batches()

    # The schema is the program's own, and the same for every input. Wrong options and columns are told here, not on executors.
    selected = df.select(*columns)
    empty = to_arrow_schema(selected.schema).empty_table()
    found = pyarrow.schema(_geoparser(key).parse_arrow(empty, **named))
    if id in found.names:
        raise OptionError(f"id: the result has a column {id!r} of its own; rename this one")
    fields = [StructField(field.name, from_arrow_type(field.type), True) for field in found]
    schema = StructType([StructField(id, selected.schema[id].dataType, True), *fields])
    return selected.mapInArrow(answer, schema)


def _hashable(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value
