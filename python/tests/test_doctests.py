"""The examples of the docstrings."""

import doctest
import importlib
import pkgutil

import pytest

import pytoponym

#: What a module needs beside the package itself.
NEEDS = {
    "pytoponym.pandas": ["pandas", "pyarrow"],
    "pytoponym.polars": ["polars"],
    "pytoponym.duckdb": ["duckdb", "pyarrow"],
    "pytoponym.spark": ["pyspark"],
    "pytoponym.spacy": ["spacy"],
    "pytoponym._export": ["pyarrow", "geopandas"],
}
MODULES = [name for _, name, _ in pkgutil.iter_modules(pytoponym.__path__, "pytoponym.") if not name.endswith("__main__")]


def documented(module):
    """The docstrings of a module, of its functions and classes, and of their methods, with their names."""
    yield module.__name__, module.__doc__
    for name, thing in vars(module).items():
        if getattr(thing, "__module__", None) == module.__name__:
            yield f"{module.__name__}.{name}", thing.__doc__
            for member, value in vars(thing).items() if isinstance(thing, type) else ():
                yield f"{module.__name__}.{name}.{member}", getattr(value, "__doc__", None)


@pytest.mark.parametrize("name", ["pytoponym", *MODULES])
def test_examples_are_right(name):
    for package in NEEDS.get(name, []):
        pytest.importorskip(package)
    module = importlib.import_module(name)
    examples = 0
    for where, text in documented(module):
        for test in doctest.DocTestFinder(recurse=False).find(text, where) if isinstance(text, str) else ():
            examples += len(test.examples)
            results = doctest.DocTestRunner(optionflags=doctest.NORMALIZE_WHITESPACE).run(test)
            assert results.failed == 0, where
    assert examples or name not in ("pytoponym", *NEEDS)


@pytest.mark.parametrize("name", ["pytoponym", "pytoponym.gazetteer"])
def test_everything_public_is_documented(name):
    module = importlib.import_module(name)
    for public in module.__all__:
        thing = getattr(module, public)
        if public.startswith("__") or thing.__class__.__name__ == "module":
            continue
        assert thing.__doc__ and thing.__doc__.strip(), public
        members = vars(thing) if isinstance(thing, type) and not issubclass(thing, Exception) else {}
        for member, value in members.items():
            if not member.startswith("_"):
                assert value.__doc__ and value.__doc__.strip(), f"{public}.{member}"
