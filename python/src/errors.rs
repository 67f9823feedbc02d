//! The exceptions of the package, which are defined in Python (`_errors.py`).

use pyo3::import_exception;

import_exception!(pytoponym._errors, DocumentError);
import_exception!(pytoponym._errors, DocumentTypeError);
import_exception!(pytoponym._errors, Error);
import_exception!(pytoponym._errors, GazetteerError);
import_exception!(pytoponym._errors, GazetteerFileError);
import_exception!(pytoponym._errors, ModelError);
import_exception!(pytoponym._errors, OptionError);
import_exception!(pytoponym._errors, OutputError);
