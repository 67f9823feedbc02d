"""Articles in, maps out: finds the places that texts mention, and decides which place each one is.

The package is called ``pytoponym`` on PyPI and in Python alike.

>>> from pytoponym import Geoparser
>>> geoparser = Geoparser()
>>> result = geoparser.parse("Shells fell on Sheikh Maqsoud in Aleppo.")
>>> [(mention.text, mention.place.id, round(mention.lat, 1), round(mention.lon, 1)) for mention in result]
[('Sheikh Maqsoud', 'toponym:aleppo-sheikh-maqsoud', 36.2, 37.2), ('Aleppo', 'geonames:170063', 36.2, 37.2)]

Coordinates are degrees, WGS 84. Offsets are indexes of Python's texts, the end exclusive. Confidences are probabilities, 0 to 1.

``pytoponym.gazetteer`` makes gazetteers. Importing ``pytoponym.pandas`` or ``pytoponym.polars`` adds ``.toponym`` to their
columns; ``pytoponym.duckdb`` and ``pytoponym.spark`` parse columns there, and spaCy has the component ``toponym``.
"""

import os as _os

from pytoponym import gazetteer as gazetteer
from pytoponym._errors import (
    DocumentError,
    DocumentTypeError,
    Error,
    GazetteerError,
    GazetteerFileError,
    MissingPackageError,
    ModelError,
    OptionError,
    OutputError,
)
from pytoponym._export import to_arrow, to_geodataframe, write
from pytoponym._native import (
    Alternative,
    Annotations,
    ArrowStream,
    Focus,
    Geoparser,
    Hit,
    Mention,
    ParseMany,
    Place,
    Relative,
    __version__,
    after_fork,
    before_fork,
)

__all__ = [
    "Alternative",
    "Annotations",
    "ArrowStream",
    "DocumentError",
    "DocumentTypeError",
    "Error",
    "Focus",
    "GazetteerError",
    "GazetteerFileError",
    "Geoparser",
    "Hit",
    "Mention",
    "MissingPackageError",
    "ModelError",
    "OptionError",
    "OutputError",
    "ParseMany",
    "Place",
    "Relative",
    "__version__",
    "gazetteer",
    "to_arrow",
    "to_geodataframe",
    "write",
]

# A fork waits until no thread is amid a document: the child would have its locks, and not the thread that frees them.
if hasattr(_os, "register_at_fork"):
    _os.register_at_fork(before=before_fork, after_in_parent=after_fork, after_in_child=after_fork)
del after_fork, before_fork
