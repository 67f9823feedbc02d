"""DuckDB: ``pytoponym.duckdb.register(connection)`` gives SQL the function ``geoparse(text)``. Needs DuckDB and PyArrow.

>>> import duckdb, pytoponym.duckdb
>>> connection = duckdb.connect()
>>> pytoponym.duckdb.register(connection)
>>> connection.sql("SELECT m.name, m.country FROM (SELECT unnest(geoparse('Rain in Homs, snow in Oslo.')) AS m)").fetchall()
[('Homs', 'SY'), ('Oslo', 'NO')]
"""

from __future__ import annotations

import duckdb
import pyarrow

from pytoponym._default import default_geoparser
from pytoponym._native import Geoparser

__all__ = ["register"]


def register(
    connection: duckdb.DuckDBPyConnection,
    name: str = "geoparse",
    geoparser: Geoparser | None = None,
    *,
    jobs: int | None = 1,
) -> None:
    """Gives a connection the function ``name(text)``: the mentions of a text, as a list of structs, whose fields are those of
    ``Mention.to_dict``; NULL for NULL.

    ``jobs`` is the number of threads for each chunk of rows.
    """
    geoparser = geoparser or default_geoparser()

    def geoparse(texts: pyarrow.Array | pyarrow.ChunkedArray) -> pyarrow.Array:
        parsed = pyarrow.table(geoparser.parse_arrow(pyarrow.table({"text": texts}), jobs=jobs))
        return parsed["mentions"].combine_chunks()

    schema = pyarrow.schema(geoparser.parse_arrow(pyarrow.table({"text": pyarrow.array([], pyarrow.string())})))
    mentions = connection.type(_sql_type(schema.field("mentions").type))
    varchar = connection.type("VARCHAR")
    connection.create_function(name, geoparse, [varchar], mentions, type="arrow", null_handling="special")


def _sql_type(kind: pyarrow.DataType) -> str:
    """The name in SQL of a type of Arrow."""
    if pyarrow.types.is_list(kind):
        return f"{_sql_type(kind.value_type)}[]"
    if pyarrow.types.is_struct(kind):
        fields = ", ".join(f'"{field.name}" {_sql_type(field.type)}' for field in kind)
        return f"STRUCT({fields})"
    names = {pyarrow.string(): "VARCHAR", pyarrow.int64(): "BIGINT", pyarrow.float64(): "DOUBLE", pyarrow.bool_(): "BOOLEAN"}
    return names[kind]
