"""*Areas of relative places*: "20 km north of Aleppo" as a polygon."""

from qgis.core import QgsProcessing, QgsWkbTypes

from .text_field import GeoparseTextField


class RelativeAreas(GeoparseTextField):
    """A polygon for each mention of a relative place."""

    ID = "relative_areas"
    NAME = "Areas of relative places"
    HELP = (
        "Draws the areas that a text field tells relative to places: \"20 km north of Aleppo\", \"northern Syria\", "
        "\"along the Turkish border\". Each mention is a polygon with the other fields of the row; "
        "<i>uncertainty_km</i> says how far what is meant may lie from its middle. A relative place without an area is "
        "left out."
    )
    STYLE = "areas.qml"
    GEOMETRY = QgsProcessing.TypeVectorPolygon

    def add_choices(self):
        """There is nothing to choose."""

    def chosen(self, parameters, context):
        return "mention", ["--kinds", "relative", "--geometry", "area"]

    def wkb(self):
        return QgsWkbTypes.MultiPolygon

    def takes(self, geometry):
        return geometry["type"] == "MultiPolygon"
