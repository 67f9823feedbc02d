"""Polars: ``import pytoponym.polars`` gives expressions and columns of texts ``.toponym``. Needs Polars.

>>> import polars, pytoponym.polars
>>> articles = polars.DataFrame({"id": [1, 2], "body": ["Rain in Homs.", None]})
>>> parsed = articles.with_columns(polars.col("body").toponym.parse().alias("mentions"))
>>> parsed["mentions"].list.len().to_list()
[1, None]
>>> parsed.explode("mentions").unnest("mentions")["name"].to_list()
['Homs', None]
"""

from __future__ import annotations

import functools
from collections.abc import Sequence
from typing import TypeAlias

import polars

from pytoponym._default import default_geoparser
from pytoponym._native import Geoparser

_Column: TypeAlias = polars.Expr | str


@functools.cache
def _dtype() -> polars.DataType:
    return _parse([polars.Series("text", [], polars.String)], [], default_geoparser(), 1).dtype


def _parse(
    columns: Sequence[polars.Series], names: Sequence[str], geoparser: Geoparser, jobs: int | None
) -> polars.Series:
    """The mentions of the first column; the others help to answer, by these names."""
    named = dict(zip(names, names))
    length = max(len(column) for column in columns)
    series = [column.alias(name) for column, name in zip(columns, ("text", *names))]
    # A column of one value stands for all rows.
    series = [column if len(column) == length else column.new_from_index(0, length) for column in series]
    texts = polars.DataFrame(series).with_columns(polars.col(polars.Categorical, polars.Enum).cast(polars.String))
    stream = geoparser.parse_arrow(texts, text="text", jobs=jobs, **named)
    return polars.DataFrame(stream)["mentions"].alias(columns[0].name)


@polars.api.register_expr_namespace("toponym")
class ToponymExpr:
    """What ``.toponym`` offers for an expression of texts."""

    def __init__(self, expr: polars.Expr) -> None:
        self._expr = expr

    def parse(
        self,
        geoparser: Geoparser | None = None,
        *,
        title: _Column | None = None,
        date: _Column | None = None,
        domain: _Column | None = None,
        lang: _Column | None = None,
        jobs: int | None = None,
    ) -> polars.Expr:
        """The mentions of each text, as lists of structs, whose fields are those of ``Mention.to_dict``; null for null.

        ``title``, ``date``, ``domain`` and ``lang`` help to answer: expressions, or names of columns. ``jobs`` is the number of threads,
        by default that of processors.
        """
        others = {"title": title, "date": date, "domain": domain, "lang": lang}
        given = {name: column for name, column in others.items() if column is not None}
        exprs = [polars.col(column) if isinstance(column, str) else column for column in given.values()]
        parse = functools.partial(_parse, names=list(given), geoparser=geoparser or default_geoparser(), jobs=jobs)
        return polars.map_batches([self._expr, *exprs], parse, return_dtype=_dtype(), is_elementwise=True)


@polars.api.register_series_namespace("toponym")
class ToponymSeries:
    """What ``.toponym`` offers for a column of texts."""

    def __init__(self, series: polars.Series) -> None:
        self._series = series

    def parse(self, geoparser: Geoparser | None = None, *, jobs: int | None = None) -> polars.Series:
        """The mentions of each text, as lists of structs, whose fields are those of ``Mention.to_dict``; null for null."""
        return _parse([self._series], [], geoparser or default_geoparser(), jobs)
