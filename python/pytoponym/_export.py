"""Annotations to files and frames."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from pytoponym import _native
from pytoponym._errors import OptionError
from pytoponym._packages import require

if TYPE_CHECKING:
    from collections.abc import Iterable

    import geopandas
    import pyarrow

    from pytoponym._native import Annotations


def write(
    results: Annotations | Iterable[Annotations],
    path: str | os.PathLike[str],
    *,
    format: str | None = None,
    by: str | None = None,
    geometry: str = "point",
    keep_text: bool = False,
) -> int:
    """Writes annotations to a file, which appears whole or not at all; returns the number of documents.

    The path's extension says the format, or ``format``, as the program has them (docs/OUTPUT.md): ``geojson``, ``geojsonl``, ``geojsonseq``,
    ``jsonl``, ``csv``, ``kml``, ``fgb`` (FlatGeobuf), ``gpkg`` (GeoPackage), ``parquet`` (GeoParquet), ``html`` (one page that works offline),
    ``web-annotation``, ``tei``, ``lpf``, ``lp-tsv``, ``gkg``, ``ftm``, ``es-bulk``. ``by`` says what a feature is, in formats of one layer:
    ``place`` (unless told otherwise), ``mention``, ``document``, or ``name``, a place over all documents. ``geometry`` says what relative
    places are drawn as: ``point`` or ``area``. ``keep_text`` writes title and text too, in JSON lines.

    ``results`` may be what ``Geoparser.parse_many`` returns: any number of documents is written in bounded memory.

    >>> import os, tempfile
    >>> from pytoponym import Geoparser, write
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = os.path.join(folder, "places.geojson")
    ...     count = write(Geoparser().parse_many(["Rain in Homs.", "Snow in Oslo."]), path)
    ...     count, os.path.getsize(path) > 500
    (2, True)
    """
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
    if by == "name":
        raise OptionError("by: a place over all documents is what files are written by; give write(results, path, by='name')")
    if geometry == "area" and encoding == "point":
        raise OptionError("encoding: areas are no points; give encoding='wkb'")
    encoding = encoding or ("wkb" if geometry == "area" else "point")
    return _native.features_arrow(results, by=by, geometry=geometry, encoding=encoding)
