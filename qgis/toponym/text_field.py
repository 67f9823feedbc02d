"""*Geoparse text field*: the rows of a layer or table -> the places that their text mentions."""

import json

from qgis.core import (
    QgsProcessing, QgsProcessingParameterFeatureSource, QgsProcessingParameterField, QgsWkbTypes,
)

from . import options, program, rows
from .algorithm import ToponymAlgorithm, dated, joined, values_of


class GeoparseTextField(ToponymAlgorithm):
    """A point for each place, mention or row, with the fields of the row."""

    ID = "geoparse_text_field"
    NAME = "Geoparse text field"
    HELP = (
        "Finds the places that a text field mentions and writes a point for each, with the other fields of the row. "
        "The input is any layer or table, such as a CSV of articles. Fields that the results have too get <i>row_</i> "
        "before their names. <i>confidence</i> is the probability that the answer is right."
    )

    def initAlgorithm(self, configuration=None):
        self.addParameter(QgsProcessingParameterFeatureSource("INPUT", "Layer or table", [QgsProcessing.TypeVector]))
        self.add_field("FIELD", "Field with the text")
        self.add_field("TITLE_FIELD", "Field with the title", optional=True)
        self.add_field("DATE_FIELD", "Field with the date", optional=True)
        self.add_choices()
        options.add_common(self)
        self.add_output("Places")

    def add_field(self, name, label, optional=False):
        """Adds the choice of a field of the input."""
        self.addParameter(QgsProcessingParameterField(name, label, parentLayerParameterName="INPUT", optional=optional))

    def add_choices(self):
        """Adds the choices of what is written."""
        options.add_by(self)
        options.add_kinds(self)

    def chosen(self, parameters, context):
        """What a feature stands for, and further options."""
        return options.by(self, parameters, context), []

    def wkb(self):
        """The type of the geometries."""
        return QgsWkbTypes.Point

    def processAlgorithm(self, parameters, context, feedback):
        source = self.parameterAsSource(parameters, "INPUT", context)
        field, title, date = (
            self.parameterAsString(parameters, name, context) for name in ("FIELD", "TITLE_FIELD", "DATE_FIELD"))
        by, further = self.chosen(parameters, context)
        own = dated(program.schema(by))
        fields = joined(own, source.fields())
        sink = self.open_output(parameters, context, fields, self.wkb())

        def document(feature):
            read = {"text": rows.text(feature, field), "title": rows.text(feature, title), "date": rows.text(feature, date)}
            return {name: value for name, value in read.items() if value or name == "text"}

        found = 0
        with rows.documents(source, document, feedback) as (path, attributes):
            arguments = ["tag", path, "--format", "geojsonl", "--by", by, *further]
            arguments += options.arguments(self, parameters, context)
            for line in program.lines(arguments, feedback):
                feature = json.loads(line)
                row = int(feature["properties"]["document"])
                feedback.setProgress(100 * row / len(attributes))
                if self.takes(feature["geometry"]):
                    found += 1
                    values = values_of(feature["properties"], own) + attributes[row]
                    self.add(sink, fields, values, feature["geometry"])
        feedback.pushInfo(f"{found} features of {len(attributes)} rows")
        return {"OUTPUT": self._destination}

    def takes(self, geometry):
        """Whether a geometry belongs to the output."""
        return True
