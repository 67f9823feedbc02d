"""The parameters that the algorithms share, and the options of `toponym tag` that they become."""

from qgis.core import (
    QgsProcessingParameterBoolean, QgsProcessingParameterDefinition, QgsProcessingParameterEnum,
    QgsProcessingParameterFile, QgsProcessingParameterNumber, QgsProcessingParameterString,
)

BY = ["place", "mention", "document"]
KINDS = ["place", "demonym", "embedded", "relative", "coordinate"]
KIND_NAMES = ["Places", "Nationalities", "Inside other names", "Relative places", "Coordinates"]


def add_by(algorithm):
    """Adds the choice of what a feature stands for."""
    names = ["Place of a text", "Mention", "Text, at the place it is about"]
    algorithm.addParameter(QgsProcessingParameterEnum("BY", "One point for each", names, defaultValue=0))


def add_kinds(algorithm):
    """Adds the choice of kinds of mentions."""
    algorithm.addParameter(QgsProcessingParameterEnum(
        "KINDS", "Kinds of mentions (none chosen: all)", KIND_NAMES, allowMultiple=True, optional=True))
    _add_advanced(algorithm, QgsProcessingParameterBoolean(
        "LITERAL", "Leave out names that do not say where something is (\"Washington says\")", False))


def add_common(algorithm):
    """Adds the options that hold for every way of geoparsing."""
    number = QgsProcessingParameterNumber(
        "MIN_CONFIDENCE", "Least confidence, 0 to 1", QgsProcessingParameterNumber.Double, 0, minValue=0, maxValue=1)
    algorithm.addParameter(number)
    _add_advanced(algorithm, QgsProcessingParameterString(
        "FOCUS", "Where the texts are about: country code, W,S,E,N or LAT,LON", optional=True))
    _add_advanced(algorithm, QgsProcessingParameterFile(
        "GAZETTEER", "Gazetteer of your own (.toponym)", optional=True, extension="toponym"))
    _add_advanced(algorithm, QgsProcessingParameterBoolean("ONLY", "Leave the embedded gazetteer out", False))


def _add_advanced(algorithm, parameter):
    parameter.setFlags(parameter.flags() | QgsProcessingParameterDefinition.FlagAdvanced)
    algorithm.addParameter(parameter)


def by(algorithm, parameters, context):
    """What a feature stands for: `place`, `mention` or `document`."""
    return BY[algorithm.parameterAsEnum(parameters, "BY", context)]


def arguments(algorithm, parameters, context):
    """The options of `toponym tag`, but for `--by` and the format."""
    out = []
    if algorithm.parameterDefinition("KINDS"):
        kinds = algorithm.parameterAsEnums(parameters, "KINDS", context)
        out += ["--kinds", ",".join(KINDS[kind] for kind in kinds)] if kinds else []
        out += ["--literal"] if algorithm.parameterAsBool(parameters, "LITERAL", context) else []
    least = algorithm.parameterAsDouble(parameters, "MIN_CONFIDENCE", context)
    out += ["--min-place-confidence", str(least)] if least > 0 else []
    for name, option in (("FOCUS", "--focus"), ("GAZETTEER", "--gazetteer")):
        value = algorithm.parameterAsString(parameters, name, context).strip()
        out += [f"{option}={value}"] if value else []
    out += ["--only"] if algorithm.parameterAsBool(parameters, "ONLY", context) else []
    return out
