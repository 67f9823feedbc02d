"""pandas: ``import pytoponym.pandas`` gives columns of texts ``.toponym``. Needs pandas and PyArrow.

>>> import pandas, pytoponym.pandas
>>> articles = pandas.DataFrame({"body": ["Rain in Homs.", None, "Snow in Oslo and Bergen."]}, index=["a", "b", "c"])
>>> articles.body.toponym.mentions()[["name", "country", "start"]].values.tolist()
[['Homs', 'SY', 8], ['Oslo', 'NO', 8], ['Bergen', 'NO', 17]]
>>> list(articles.body.toponym.mentions().index)
['a', 'c', 'c']
"""

from __future__ import annotations

from typing import Any

import pandas
import pyarrow
import pyarrow.compute

from pytoponym._default import default_geoparser
from pytoponym._errors import DocumentError, DocumentTypeError
from pytoponym._native import Geoparser


@pandas.api.extensions.register_series_accessor("toponym")
class ToponymAccessor:
    """What ``.toponym`` offers for a column of texts; missing values stay missing."""

    def __init__(self, series: pandas.Series[Any]) -> None:
        self._series = series

    def parse(
        self,
        geoparser: Geoparser | None = None,
        *,
        title: pandas.Series[Any] | str | None = None,
        date: pandas.Series[Any] | str | None = None,
        domain: pandas.Series[Any] | str | None = None,
        lang: pandas.Series[Any] | str | None = None,
        jobs: int | None = None,
    ) -> pandas.Series[Any]:
        """The mentions of each text, as a column of lists of structs (PyArrow) with the index of this one.

        ``title``, ``date``, ``domain`` and ``lang`` help to answer: columns with the same index, or one value for all. ``jobs`` is the
        number of threads, by default that of processors.
        """
        found = self._parse(geoparser, title=title, date=date, domain=domain, lang=lang, jobs=jobs)
        mentions = found["mentions"]
        return pandas.Series(
            pandas.arrays.ArrowExtensionArray(mentions), index=self._series.index, name=self._series.name
        )

    def mentions(
        self,
        geoparser: Geoparser | None = None,
        *,
        title: pandas.Series[Any] | str | None = None,
        date: pandas.Series[Any] | str | None = None,
        domain: pandas.Series[Any] | str | None = None,
        lang: pandas.Series[Any] | str | None = None,
        jobs: int | None = None,
    ) -> pandas.DataFrame:
        """The mentions of all texts, one a row, with the index of their texts: join it with the frame that it is from."""
        found = self._parse(geoparser, title=title, date=date, domain=domain, lang=lang, jobs=jobs)
        mentions = found["mentions"].combine_chunks()
        rows = pyarrow.compute.list_parent_indices(mentions)
        frame = pyarrow.Table.from_struct_array(mentions.flatten()).to_pandas()
        frame.index = self._series.index.take(rows.to_numpy())
        return frame

    def _parse(self, geoparser: Geoparser | None, *, jobs: int | None, **others: Any) -> pyarrow.Table:
        columns = {"text": _texts(self._series, "text")}
        for name, values in others.items():
            if isinstance(values, pandas.Series):
                columns[name] = _column(values.reindex(self._series.index), name)
            elif values is not None:
                columns[name] = pyarrow.array([str(values)] * len(self._series), pyarrow.string())
        table = pyarrow.table(columns)
        named = {name: name for name in columns if name != "text"}
        stream = (geoparser or default_geoparser()).parse_arrow(table, text="text", jobs=jobs, **named)
        return pyarrow.table(stream)


def _column(series: pandas.Series[Any], name: str) -> pyarrow.Array:
    """Dates as they are, and anything else as text."""
    if pandas.api.types.is_datetime64_any_dtype(series.dtype):
        return pyarrow.array(series, from_pandas=True)
    if series.dtype == object:
        series = series.map(lambda value: value.isoformat() if hasattr(value, "isoformat") else value, na_action="ignore")
    return _texts(series, name)


def _texts(series: pandas.Series[Any], name: str) -> pyarrow.Array:
    kind = pandas.api.types.infer_dtype(series, skipna=True) if series.dtype == object else "string"
    try:
        # PyArrow would take bytes for texts.
        if kind in ("string", "empty"):
            texts = pyarrow.array(series, type=pyarrow.large_string(), from_pandas=True)
            return texts.combine_chunks() if isinstance(texts, pyarrow.ChunkedArray) else texts
    except (pyarrow.ArrowTypeError, pyarrow.ArrowInvalid, pyarrow.ArrowNotImplementedError, UnicodeEncodeError):
        pass
    faults = (_fault(value, f"{name} of row {index!r}") for index, value in series.items())
    unknown = DocumentTypeError(f"{name} is of type {series.dtype}; cast it to text first")
    raise next(filter(None, faults), unknown)


def _fault(value: Any, where: str) -> Exception | None:
    """What is wrong with a value that should be a text or missing."""
    if not isinstance(value, str):
        if pandas.api.types.is_scalar(value) and pandas.isna(value):
            return None
        return DocumentTypeError(
            f"{where} is of type {type(value).__name__}; give a str, or None where there is no text"
        )
    if any("\ud800" <= character <= "\udfff" for character in value):
        fix = "text.encode('utf-16', 'surrogatepass').decode('utf-16', 'replace')"
        return DocumentError(f"{where} has a lone surrogate, which is no character; replace such with {fix}")
    return None
