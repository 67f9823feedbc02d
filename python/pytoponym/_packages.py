"""Packages that are not required."""

import importlib
from types import ModuleType

from pytoponym._errors import MissingPackageError


def require(package: str, extra: str, purpose: str) -> ModuleType:
    """The package, or an exception that says how to install it."""
    try:
        return importlib.import_module(package)
    except ImportError as error:
        message = f"{purpose} needs {package}: pip install 'pytoponym[{extra}]' ({error})"
        raise MissingPackageError(message) from error
