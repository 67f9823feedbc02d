"""The Processing provider: its algorithms and its one setting, the path of the program."""

import pathlib

from qgis.core import QgsProcessingProvider
from qgis.PyQt.QtGui import QIcon

from .areas import RelativeAreas
from .files import GeoparseFiles, GeoparsePage
from .lookup import LookUpNames
from .program import SETTING
from .text_field import GeoparseTextField

ICON = str(pathlib.Path(__file__).parent / "icon.svg")


class ToponymProvider(QgsProcessingProvider):
    """The provider `toponym`."""

    def load(self):
        """Adds the setting to *Settings > Options > Processing > Providers*."""
        from processing.core.ProcessingConfig import ProcessingConfig, Setting

        ProcessingConfig.settingIcons[self.name()] = self.icon()
        description = self.tr("The program toponym (empty: search for it)")
        ProcessingConfig.addSetting(Setting(self.name(), SETTING, description, "", valuetype=Setting.FILE))
        ProcessingConfig.readSettings()
        self.refreshAlgorithms()
        return True

    def unload(self):
        from processing.core.ProcessingConfig import ProcessingConfig

        ProcessingConfig.removeSetting(SETTING)

    def loadAlgorithms(self):
        for algorithm in (GeoparseTextField, GeoparseFiles, GeoparsePage, LookUpNames, RelativeAreas):
            self.addAlgorithm(algorithm())

    def id(self):
        return "toponym"

    def name(self):
        return "Toponym"

    def longName(self):
        return self.tr("Toponym (geoparsing)")

    def icon(self):
        return QIcon(ICON)
