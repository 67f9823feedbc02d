"""*Geoparse files or folder* and *Geoparse web page or feed saved on disk*."""

import json
import pathlib

from qgis.core import (
    QgsProcessing, QgsProcessingException, QgsProcessingParameterFile, QgsProcessingParameterMultipleLayers, QgsWkbTypes,
)

from . import options, program
from .algorithm import ToponymAlgorithm, dated, values_of


class FromFiles(ToponymAlgorithm):
    """A point for each place, mention or document of files."""

    def initAlgorithm(self, configuration=None):
        self.add_inputs()
        options.add_by(self)
        options.add_kinds(self)
        options.add_common(self)
        self.add_output("Places")

    def processAlgorithm(self, parameters, context, feedback):
        inputs = self.inputs(parameters, context)
        by = options.by(self, parameters, context)
        fields = dated(program.schema(by))
        sink = self.open_output(parameters, context, fields, QgsWkbTypes.Point)
        arguments = ["tag", "--format", "geojsonl", "--by", by, *options.arguments(self, parameters, context), "--"]
        found, documents = 0, set()
        for line in program.lines([*arguments, *inputs], feedback):
            feature = json.loads(line)
            found += 1
            documents.add(feature["properties"]["document"])
            feedback.setProgressText(f"{found} features of {len(documents)} documents")
            self.add(sink, fields, values_of(feature["properties"], fields), feature["geometry"])
        feedback.pushInfo(f"{found} features of {len(documents)} documents")
        return {"OUTPUT": self._destination}


class GeoparseFiles(FromFiles):
    """Files of any kind that the program reads, or a folder of them."""

    ID = "geoparse_files"
    NAME = "Geoparse files or folder"
    HELP = (
        "Finds the places that files mention: plain text, Markdown, web pages, JSON lines, tables, feeds, mails, web "
        "archives and Word documents, also compressed with gzip or zstd. Of a folder all such files are read, with its "
        "subfolders."
    )

    def add_inputs(self):
        """Adds the parameters of the inputs."""
        self.addParameter(QgsProcessingParameterMultipleLayers("FILES", "Files", QgsProcessing.TypeFile, optional=True))
        self.addParameter(QgsProcessingParameterFile(
            "FOLDER", "Folder", behavior=QgsProcessingParameterFile.Folder, optional=True))

    def inputs(self, parameters, context):
        """The paths to be read."""
        files = list(self.parameterAsFileList(parameters, "FILES", context))
        folder = self.parameterAsString(parameters, "FOLDER", context)
        inputs = [path for path in [*files, folder] if path]
        if not inputs:
            raise QgsProcessingException("Choose files or a folder to read.")
        return inputs


class GeoparsePage(FromFiles):
    """A web page, feed or web archive."""

    ID = "geoparse_page"
    NAME = "Geoparse web page or feed saved on disk"
    HELP = (
        "Finds the places that a saved web page, an RSS or Atom feed or a web archive mentions. Menus and other "
        "boilerplate of the page are left out; title, date and address are read from it. The program does not fetch pages: "
        "save the page in a browser with Ctrl-S, as HTML."
    )

    def add_inputs(self):
        """Adds the parameter of the input."""
        pattern = "Pages, feeds, archives (*.html *.htm *.xhtml *.xml *.rss *.atom *.warc *.gz *.zst);;All files (*)"
        self.addParameter(QgsProcessingParameterFile("FILE", "Saved page or feed", fileFilter=pattern))

    def inputs(self, parameters, context):
        """The path to be read."""
        path = self.parameterAsString(parameters, "FILE", context)
        if path.lower().startswith(("http://", "https://")):
            raise QgsProcessingException(f"{path} is an address; save the page in a browser (Ctrl-S) and choose the file.")
        if not pathlib.Path(path).is_file():
            raise QgsProcessingException(f"{path} is no file.")
        return [path]
