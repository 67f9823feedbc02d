"""Finds the program `toponym` and runs it."""

import os
import pathlib
import shutil
import subprocess
import sysconfig
import tempfile

from qgis.core import QgsProcessingException, QgsVectorLayer

#: The name of the setting with the path of the program.
SETTING = "TOPONYM_PROGRAM"

MISSING = (
    "The program toponym is not installed, or not where it is searched for. Install it with "
    "'cargo install toponym-cli' or from a release archive, and restart QGIS; or name it in Settings > Options > "
    "Processing > Providers > Toponym. Searched: that setting, PATH, the scripts of Python packages, ~/.cargo/bin."
)


def configured():
    """The path in the settings; empty if none is set."""
    from processing.core.ProcessingConfig import ProcessingConfig

    return (ProcessingConfig.getSetting(SETTING) or "").strip()


def find(named=""):
    """The path of the program: the one that is named, that of PATH, of a Python package, or of cargo.

    Raises QgsProcessingException when there is none."""
    if named:
        found = shutil.which(named)
        if not found:
            raise QgsProcessingException(f"{named} is no program; correct or empty the setting. {MISSING}")
        return found
    schemes = [name for name in sysconfig.get_scheme_names() if name.startswith((os.name, "venv"))]
    folders = [sysconfig.get_path("scripts", scheme) for scheme in schemes]
    folders.append(str(pathlib.Path.home() / ".cargo" / "bin"))
    found = shutil.which("toponym") or shutil.which("toponym", path=os.pathsep.join(filter(None, folders)))
    if not found:
        raise QgsProcessingException(MISSING)
    return found


def _started(arguments, errors):
    """The process, without a console window on Windows. Its settings come from QGIS alone."""
    environment = {key: value for key, value in os.environ.items() if not key.startswith("TOPONYM_")}
    environment["TOPONYM_CONFIG"] = ""
    hidden = {"creationflags": subprocess.CREATE_NO_WINDOW} if os.name == "nt" else {}
    return subprocess.Popen(
        [find(configured()), *arguments], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=errors,
        env=environment, encoding="utf-8", **hidden,
    )


def lines(arguments, feedback):
    """Runs the program and yields the lines that it writes; when the user cancels, ends it and stops.

    What it says on standard error goes to the log. Raises QgsProcessingException when it fails altogether; documents that
    failed are warnings."""
    feedback.pushDebugInfo("toponym " + " ".join(arguments))
    with tempfile.TemporaryFile("w+", encoding="utf-8") as errors:
        process = _started(arguments, errors)
        try:
            for line in process.stdout:
                if feedback.isCanceled():
                    return
                yield line
            code = process.wait()
        finally:
            process.kill()
            process.stdout.close()
            process.wait()
        errors.seek(0)
        said = errors.read().strip()
    if code == 2 or code < 0:
        raise QgsProcessingException(said or f"toponym ended with code {code}")
    if said:
        (feedback.reportError if code else feedback.pushInfo)(said)


def schema(by):
    """The fields that the program writes for `place`, `mention` or `document`, read from an output without features."""
    with tempfile.TemporaryDirectory() as folder:
        empty = pathlib.Path(folder, "empty.txt")
        empty.touch()
        path = pathlib.Path(folder, "schema.fgb")
        process = _started(["tag", str(empty), "--by", by, "-o", str(path), "--quiet"], subprocess.PIPE)
        _, said = process.communicate()
        layer = QgsVectorLayer(str(path), "schema", "ogr")
        if not layer.isValid():
            raise QgsProcessingException(said or "toponym wrote no layer")
        fields = layer.fields()
        del layer
        return fields
