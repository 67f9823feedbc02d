"""Annotations to files and frames."""

from __future__ import annotations

import itertools
import json
import os
import tempfile
from typing import TYPE_CHECKING, Any

from pytoponym import _native
from pytoponym._errors import OptionError, OutputError
from pytoponym._packages import require

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import geopandas
    import pyarrow

    from pytoponym._native import Annotations

# Documents whose features are held at once while a file is written.
_DOCUMENTS = 256


def write(
    results: Annotations | Iterable[Annotations],
    path: str | os.PathLike[str],
    *,
    format: str | None = None,
    by: str = "place",
    geometry: str = "point",
    keep_text: bool = False,
) -> int:
    """Writes annotations to a file, which appears whole or not at all; returns the number of documents.

    The path's extension says the format, or ``format``: ``geojson``, ``geojsonl``, ``geojsonseq``, ``jsonl``, ``csv``, ``kml``, ``fgb``
    (FlatGeobuf), ``gpkg`` (GeoPackage), ``html`` (one page that works offline), as the program writes them, or ``parquet`` (GeoParquet
    1.1; needs PyArrow). ``by`` says what a feature is, in formats of one layer: ``place``, ``mention`` or ``document``. ``geometry`` says
    what relative places are drawn as: ``point`` or ``area``. ``keep_text`` writes title and text too, in JSON lines.

    ``results`` may be what ``Geoparser.parse_many`` returns: any number of documents is written in bounded memory.

    >>> import os, tempfile
    >>> from pytoponym import Geoparser, write
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = os.path.join(folder, "places.geojson")
    ...     count = write(Geoparser().parse_many(["Rain in Homs.", "Snow in Oslo."]), path)
    ...     count, os.path.getsize(path) > 500
    (2, True)
    """
    if format == "parquet" or format is None and os.fspath(path).lower().endswith(".parquet"):
        return _write_parquet(_several(results), os.fspath(path), by, geometry)
    return _native.write(_several(results), path, format=format, by=by, geometry=geometry, keep_text=keep_text)


def to_arrow(
    results: Annotations | Iterable[Annotations],
    *,
    by: str = "mention",
    geometry: str = "point",
    encoding: str | None = None,
) -> pyarrow.Table:
    """The features of annotations as a table of PyArrow, also those without a point, such as mentions that have no place.

    ``by`` says what a row is: ``mention``, ``place`` or ``document``. Its columns are the fields of docs/OUTPUT.md and ``geometry``: points
    of GeoArrow (degrees, WGS 84, longitude first), or well-known binary with ``encoding="wkb"``, which is what ``geometry="area"``
    (relative places as areas) takes.

    >>> from pytoponym import Geoparser, to_arrow
    >>> table = to_arrow(Geoparser().parse("Rain in Homs."))
    >>> table["name"].to_pylist(), round(table["geometry"][0].as_py()["x"], 1)
    (['Homs'], 36.7)
    """
    pyarrow = require("pyarrow", "arrow", "to_arrow")
    return pyarrow.table(_features(_several(results), by, geometry, encoding))


def to_geodataframe(
    results: Annotations | Iterable[Annotations], *, by: str = "mention", geometry: str = "point"
) -> geopandas.GeoDataFrame:
    """The features of annotations as a frame of GeoPandas, in WGS 84; ``to_arrow`` says what its rows and columns are.

    >>> from pytoponym import Geoparser, to_geodataframe
    >>> frame = to_geodataframe(Geoparser().parse("Rain in Homs."), by="place")
    >>> frame.name[0], frame.crs.to_epsg(), round(frame.geometry[0].x, 1)
    ('Homs', 4326, 36.7)
    """
    geopandas = require("geopandas", "geopandas", "to_geodataframe")
    require("pyarrow", "geopandas", "to_geodataframe")
    frame = geopandas.GeoDataFrame.from_arrow(_features(_several(results), by, geometry, "wkb"))
    # The same system by its common name, under which other frames have it.
    return frame.set_crs("EPSG:4326", allow_override=True)


def _several(results: Annotations | Iterable[Annotations]) -> Iterable[Annotations]:
    return (results,) if isinstance(results, _native.Annotations) else results


def _features(results: Iterable[Annotations], by: str, geometry: str, encoding: str | None) -> _native.ArrowStream:
    if geometry == "area" and encoding == "point":
        raise OptionError("encoding: areas are no points; give encoding='wkb'")
    encoding = encoding or ("wkb" if geometry == "area" else "point")
    return _native.features_arrow(results, by=by, geometry=geometry, encoding=encoding)


def _write_parquet(results: Iterable[Annotations], path: str, by: str, geometry: str) -> int:
    pyarrow = require("pyarrow", "arrow", "GeoParquet")
    parquet = require("pyarrow.parquet", "arrow", "GeoParquet")
    kinds = ["Point", "MultiPolygon"] if geometry == "area" else ["Point"]
    # Without a coordinate system, GeoParquet has WGS 84, longitude first.
    column = {"encoding": "WKB", "geometry_types": kinds}
    geo = {"version": "1.1.0", "primary_column": "geometry", "columns": {"geometry": column}}
    schema = pyarrow.schema(_features((), by, geometry, "wkb")).with_metadata({"geo": json.dumps(geo)})
    count = 0
    try:
        part = tempfile.NamedTemporaryFile(dir=os.path.dirname(path) or ".", suffix=".part", delete=False)
    except OSError as error:
        raise OutputError(f"{path}: cannot be written: {error}; choose another path") from error
    try:
        with part, parquet.ParquetWriter(part, schema) as writer:
            for documents in _chunks(results, _DOCUMENTS):
                count += len(documents)
                table = pyarrow.table(_features(documents, by, geometry, "wkb"))
                writer.write_table(table.cast(schema))
        # As wide open as the user's other files.
        mask = os.umask(0)
        os.umask(mask)
        os.chmod(part.name, 0o666 & ~mask)
        os.replace(part.name, path)
    except BaseException:
        os.unlink(part.name)
        raise
    return count


def _chunks(items: Iterable[Any], size: int) -> Iterator[list[Any]]:
    items = iter(items)
    while chunk := list(itertools.islice(items, size)):
        yield chunk
