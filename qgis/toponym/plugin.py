"""The plugin: registers the Processing provider."""

from qgis.core import QgsApplication

from .provider import ToponymProvider


class ToponymPlugin:
    """What QGIS loads and unloads."""

    def __init__(self, iface):
        self.iface = iface
        self.provider = None

    def initProcessing(self):
        """Called by `qgis_process`, which has no user interface."""
        self.provider = ToponymProvider()
        QgsApplication.processingRegistry().addProvider(self.provider)

    def initGui(self):
        """Called by QGIS."""
        self.initProcessing()

    def unload(self):
        """Called when the plugin is switched off."""
        if self.provider is not None:
            QgsApplication.processingRegistry().removeProvider(self.provider)
            self.provider = None
