"""*Look up names*: a column of names -> the likeliest place of each."""

import json

from qgis.core import (
    QgsField, QgsFields, QgsProcessing, QgsProcessingParameterFeatureSource, QgsProcessingParameterField, QgsWkbTypes,
)
from qgis.PyQt.QtCore import QVariant

from . import options, program, rows
from .algorithm import ToponymAlgorithm, joined

#: The fields of a place in the program's JSON lines, and their types.
PLACE = [
    ("id", QVariant.String), ("name", QVariant.String), ("country", QVariant.String), ("admin1", QVariant.String),
    ("admin2", QVariant.String), ("feature", QVariant.String), ("population", QVariant.LongLong),
]


class LookUpNames(ToponymAlgorithm):
    """Every row once, with the place of its name, or without a geometry and with the reason."""

    ID = "look_up_names"
    NAME = "Look up names"
    HELP = (
        "Geocodes a column of place names. Every row is written once, at the likeliest place of the name; where there is "
        "none the geometry is empty and <i>reason</i> says why. Containers (district, state, country, the narrowest "
        "first) tell namesakes apart. <i>alternatives</i> are the next likeliest places."
    )

    def initAlgorithm(self, configuration=None):
        self.addParameter(QgsProcessingParameterFeatureSource("INPUT", "Layer or table", [QgsProcessing.TypeVector]))
        self.addParameter(QgsProcessingParameterField("FIELD", "Field with the name", parentLayerParameterName="INPUT"))
        self.addParameter(QgsProcessingParameterField(
            "CONTAINERS", "Fields with what contains it, the narrowest first", parentLayerParameterName="INPUT",
            allowMultiple=True, optional=True))
        options.add_common(self)
        self.add_output("Places")

    def processAlgorithm(self, parameters, context, feedback):
        source = self.parameterAsSource(parameters, "INPUT", context)
        field = self.parameterAsString(parameters, "FIELD", context)
        containers = self.parameterAsFields(parameters, "CONTAINERS", context)
        own = QgsFields()
        for name, kind in PLACE:
            own.append(QgsField("place_id" if name == "id" else name, kind))
        for name, kind in (("confidence", QVariant.Double), ("alternatives", QVariant.String), ("reason", QVariant.String)):
            own.append(QgsField(name, kind))
        fields = joined(own, source.fields())
        sink = self.open_output(parameters, context, fields, QgsWkbTypes.Point)

        def document(feature):
            name = rows.text(feature, field).strip()
            within = [rows.text(feature, container).strip() for container in containers]
            text = ", ".join(part for part in [name, *within] if part)
            # Offsets count code points, as Python does.
            return {"text": text, "toponyms": [{"start": 0, "end": len(name)}]} if name else None

        unnamed = [None] * (len(own) - 1) + ["the row has no name"]
        placed, written = 0, 0
        with rows.documents(source, document, feedback) as (path, attributes):
            arguments = ["tag", path, "--given-mentions", "--format", "jsonl"]
            for line in program.lines([*arguments, *options.arguments(self, parameters, context)], feedback):
                answer = json.loads(line)
                row = int(answer["id"])
                for skipped in range(written, row):
                    self.add(sink, fields, unnamed + attributes[skipped], None)
                written = row + 1
                feedback.setProgress(100 * written / len(attributes))
                values, geometry = self.answered(answer["mentions"])
                placed += geometry is not None
                self.add(sink, fields, values + attributes[row], geometry)
            if not feedback.isCanceled():
                for skipped in range(written, len(attributes)):
                    self.add(sink, fields, unnamed + attributes[skipped], None)
        feedback.pushInfo(f"{placed} of {len(attributes)} names have a place")
        return {"OUTPUT": self._destination}

    @staticmethod
    def answered(mentions):
        """The values of the own fields, and the point, of the answer to a name."""
        given = mentions[0] if mentions else {}
        place = given.get("place")
        others = "; ".join(
            ", ".join(part for part in (other["name"], other.get("admin1"), other.get("country")) if part)
            for other in given.get("alternatives") or [])
        if place is None:
            return [None] * len(PLACE) + [None, others or None, given.get("reason") or "no answer"], None
        point = {"type": "Point", "coordinates": [place["lon"], place["lat"]]}
        return [place.get(name) for name, _ in PLACE] + [given.get("confidence"), others or None, None], point
