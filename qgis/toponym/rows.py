"""Rows of a layer as documents of the program."""

import contextlib
import json
import pathlib
import tempfile

from qgis.core import NULL
from qgis.PyQt.QtCore import QDate, QDateTime, Qt


@contextlib.contextmanager
def documents(source, to_document, feedback):
    """Writes a line of JSON for each row that `to_document` makes a document of; gives the file and the rows' attributes.

    The `id` of a document is the number of its row."""
    attributes = []
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder, "rows.jsonl")
        with path.open("w", encoding="utf-8") as out:
            for feature in source.getFeatures():
                if feedback.isCanceled():
                    break
                document = to_document(feature)
                if document is not None:
                    document["id"] = str(len(attributes))
                    out.write(json.dumps(document, ensure_ascii=False) + "\n")
                attributes.append(feature.attributes())
        yield str(path), attributes


def text(feature, field):
    """The value of a field as text; dates as ISO 8601; empty where there is none."""
    value = feature[field] if field else None
    if value is None or value == NULL:
        return ""
    if isinstance(value, (QDate, QDateTime)):
        return value.toString(Qt.ISODate)
    return str(value)
