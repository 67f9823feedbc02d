"""What all algorithms have in common."""

import pathlib

from qgis.core import (
    QgsCoordinateReferenceSystem, QgsFeature, QgsFeatureSink, QgsField, QgsFields, QgsGeometry, QgsPointXY,
    QgsProcessing,
    QgsProcessingAlgorithm, QgsProcessingException, QgsProcessingLayerPostProcessorInterface,
    QgsProcessingParameterFeatureSink, QgsVectorLayerTemporalProperties,
)
from qgis.PyQt.QtCore import QDateTime, Qt, QVariant
from qgis.PyQt.QtGui import QIcon

FOLDER = pathlib.Path(__file__).parent
WGS84 = "EPSG:4326"


class ToponymAlgorithm(QgsProcessingAlgorithm):
    """An algorithm that writes one layer, `OUTPUT`, in WGS 84."""

    #: Set by each algorithm: id, name in the toolbox, help in HTML, style file, geometry of the output.
    ID = NAME = HELP = ""
    STYLE = "points.qml"
    GEOMETRY = QgsProcessing.TypeVectorPoint

    def __init__(self):
        super().__init__()
        self._destination = None
        self._styler = None

    def createInstance(self):
        return type(self)()

    def name(self):
        return self.ID

    def displayName(self):
        return self.NAME

    def shortHelpString(self):
        return self.HELP

    def icon(self):
        return QIcon(str(FOLDER / "icon.svg"))

    def tags(self):
        return ["geoparsing", "geocoding", "toponym", "gazetteer", "text", "news"]

    def add_output(self, name):
        """Adds the parameter of the output."""
        self.addParameter(QgsProcessingParameterFeatureSink("OUTPUT", name, self.GEOMETRY))

    def open_output(self, parameters, context, fields, geometry):
        """The sink of the output."""
        crs = QgsCoordinateReferenceSystem(WGS84)
        sink, self._destination = self.parameterAsSink(parameters, "OUTPUT", context, fields, geometry, crs)
        if sink is None:
            raise QgsProcessingException(self.invalidSinkError(parameters, "OUTPUT"))
        return sink

    def add(self, sink, fields, values, geometry):
        """Adds a feature; `geometry` is GeoJSON, or None. Raises QgsProcessingException when it cannot be written."""
        feature = QgsFeature(fields)
        if geometry is not None:
            feature.setGeometry(to_geometry(geometry))
        feature.setAttributes(values)
        if not sink.addFeature(feature, QgsFeatureSink.FastInsert):
            raise QgsProcessingException("A feature cannot be written to the output: " + sink.lastError())

    def postProcessAlgorithm(self, context, feedback):
        if self._destination and context.willLoadLayerOnCompletion(self._destination):
            self._styler = Styler(self.STYLE)
            context.layerToLoadOnCompletionDetails(self._destination).setPostProcessor(self._styler)
        return {"OUTPUT": self._destination}


def to_geometry(geojson):
    """The geometry of a GeoJSON point or multipolygon, the two that the program writes."""
    if geojson["type"] == "Point":
        return QgsGeometry.fromPointXY(QgsPointXY(*geojson["coordinates"]))
    polygons = geojson["coordinates"]
    return QgsGeometry.fromMultiPolygonXY(
        [[[QgsPointXY(*point) for point in ring] for ring in polygon] for polygon in polygons])


class Styler(QgsProcessingLayerPostProcessorInterface):
    """Gives a result its style, and its dates to the temporal controller."""

    def __init__(self, style):
        super().__init__()
        self._style = style

    def postProcessLayer(self, layer, context, feedback):
        style(layer, self._style)


def style(layer, name):
    """Styles a layer, and lets the temporal controller filter it by `date` where that is a date and time."""
    if name:
        layer.loadNamedStyle(str(FOLDER / name))
    date = layer.fields().indexOf("date")
    temporal = layer.temporalProperties()
    # The style says so for a layer with dates; one without would be filtered by what it has not.
    temporal.setIsActive(False)
    if date >= 0 and layer.fields()[date].type() in (QVariant.DateTime, QVariant.Date):
        temporal.setMode(QgsVectorLayerTemporalProperties.ModeFeatureDateTimeInstantFromField)
        temporal.setStartField("date")
        temporal.setIsActive(True)
    layer.triggerRepaint()


def dated(fields):
    """The fields with `date` as a date and time, and the text of it in `date_text` if the program has no such field."""
    out = QgsFields()
    for field in fields:
        if field.name() != "date" or field.type() == QVariant.DateTime:
            out.append(field)
            continue
        out.append(QgsField("date", QVariant.DateTime))
        if fields.indexOf("date_text") < 0:
            out.append(QgsField("date_text", QVariant.String))
    return out


def values_of(properties, fields):
    """The values of a feature of the program, in the order of `fields`."""
    out = []
    for field in fields:
        value = properties.get(field.name())
        if field.name() == "date_text" and "date_text" not in properties:
            value = properties.get("date")
        if field.type() == QVariant.DateTime and value is not None:
            moment = QDateTime.fromString(value, Qt.ISODate)
            value = moment if moment.isValid() else None
        out.append(value)
    return out


def joined(own, row):
    """The program's fields, then those of the row; names that both have get `row_` before them."""
    out = QgsFields(own)
    taken = {field.name().lower() for field in own}
    for field in row:
        field = QgsField(field)
        # A GeoPackage has a key of this name itself.
        while field.name().lower() in taken or field.name().lower() == "fid":
            field.setName("row_" + field.name())
        taken.add(field.name().lower())
        out.append(field)
    return out
