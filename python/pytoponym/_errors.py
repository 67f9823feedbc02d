"""Exceptions. Their messages say what happened, where, and what to do."""


class Error(Exception):
    """What this package raises."""


class DocumentError(Error, ValueError):
    """A text cannot be parsed, such as one with a lone surrogate."""


class DocumentTypeError(Error, TypeError):
    """What should be a text, or tell of one, is of another type."""


class GazetteerError(Error, ValueError):
    """A gazetteer or one of its sources cannot be read."""


class GazetteerFileError(GazetteerError, FileNotFoundError):
    """The file of a gazetteer is missing."""


class ModelError(Error, ValueError):
    """A model cannot be read, or does not fit this version."""


class OptionError(Error, ValueError):
    """An option is unknown or out of its range."""


class OutputError(Error, OSError):
    """An output cannot be written."""


class MissingPackageError(Error, ImportError):
    """A package that is not required is needed for what was asked."""
