"""Toponym for QGIS: a Processing provider that runs the program `toponym`."""


def classFactory(iface):
    """The plugin, as QGIS asks for it."""
    from .plugin import ToponymPlugin

    return ToponymPlugin(iface)
