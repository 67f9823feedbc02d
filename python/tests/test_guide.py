"""The cells of the pages run, and print what stands below them."""

import contextlib
import io
import re

import pytest
from conftest import ROOT

NEEDS = ["pyarrow", "geopandas", "pandas", "polars", "duckdb", "spacy", "dask.dataframe"]
CELL = re.compile(r"^```python\n(.*?)^```\n(?:```text\n(.*?)^```\n)?", re.DOTALL | re.MULTILINE)


@pytest.mark.parametrize("page", ["docs/PYTHON.md", "python/README.md", "README.md"])
def test_cells_print_what_the_page_says(page, tmp_path, monkeypatch):
    for package in NEEDS:
        pytest.importorskip(package)
    monkeypatch.chdir(tmp_path)
    text = (ROOT / page).read_text(encoding="utf-8")
    cells = CELL.findall(text)
    assert cells
    names = {"__name__": "__main__"}
    for code, expected in cells:
        printed = io.StringIO()
        with contextlib.redirect_stdout(printed):
            exec(compile(code, page, "exec"), names)
        if expected:
            assert [line.rstrip() for line in printed.getvalue().splitlines()] == [
                line.rstrip() for line in expected.splitlines()
            ], code
