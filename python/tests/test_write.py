"""Files and frames."""

import csv
import json
import os
import sqlite3
import stat
import subprocess
import sys

import pytest
from conftest import TEXTS

import pytoponym
from pytoponym import Geoparser, to_arrow, to_geodataframe, write

FORMATS = ["geojson", "json", "geojsonl", "geojsons", "jsonl", "csv", "kml", "fgb", "gpkg", "html", "parquet", "jsonld", "tei", "lpf", "lptsv"]


@pytest.mark.parametrize("extension", FORMATS)
def test_every_format_is_written(geoparser, tmp_path, extension):
    path = tmp_path / f"out.{extension}"
    assert write(geoparser.parse_many([{"id": n, "text": text} for n, text in enumerate(TEXTS)]), path) == len(TEXTS)
    if extension in ("jsonld", "tei", "lpf", "lptsv"):
        assert "São Paulo" in path.read_text(encoding="utf-8")
        return
    geopandas = pytest.importorskip("geopandas")
    if extension == "parquet":
        frame = geopandas.read_parquet(path)
    elif extension == "html":
        assert "São Paulo" in path.read_text(encoding="utf-8")
        return
    elif extension == "jsonl":
        lines = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
        assert [line["id"] for line in lines] == [str(n) for n in range(len(TEXTS))]
        return
    elif extension == "csv":
        assert {row["name"] for row in csv.DictReader(path.open(encoding="utf-8", newline=""))} > {"Homs", "Oslo"}
        return
    elif extension == "gpkg":
        with sqlite3.connect(path) as database:
            assert {name for name, in database.execute("SELECT name FROM places")} > {"Homs", "Oslo"}
        return
    elif extension == "kml":
        assert "<name>Homs</name>" in path.read_text(encoding="utf-8")
        return
    else:
        frame = geopandas.read_file(path)
    assert set(frame["name"]) > {"Homs", "Oslo"} and frame.crs.to_epsg() in (4326, None) or frame.crs.to_string() == "OGC:CRS84"
    homs = frame[frame["name"] == "Homs"].geometry.iloc[0]
    assert 36 < homs.x < 38 and 34 < homs.y < 36


def test_a_method_writes_one(geoparser, tmp_path):
    result = geoparser.parse(TEXTS[0])
    assert result.write(tmp_path / "a.geojson", geometry="area") == 1
    assert json.loads((tmp_path / "a.geojson").read_text()) == json.loads(result.to_geojson(geometry="area"))
    result.write(str(tmp_path / "b"), format="jsonl", keep_text=True)
    assert json.loads((tmp_path / "b").read_text()) == result.to_dict(keep_text=True)


def test_one_layer_over_all_documents(geoparser, tmp_path):
    documents = [{"text": "Rain in Homs.", "date": f"2020-01-0{day}"} for day in (3, 1, 2)] + [{"text": "Snow in Oslo."}]
    assert write(geoparser.parse_many(documents), tmp_path / "a.geojson", by="name") == 4
    features = json.loads((tmp_path / "a.geojson").read_text())["features"]
    homs = features[0]["properties"]
    assert [feature["properties"]["name"] for feature in features] == ["Homs", "Oslo"]
    assert (homs["documents"], homs["first_date"], homs["last_date"]) == (3, "2020-01-01", "2020-01-03")


@pytest.mark.parametrize("name", ["gkg", "ftm", "es-bulk", "web-annotation"])
def test_formats_have_the_program_s_names(geoparser, tmp_path, name):
    path = tmp_path / "out"
    documents = [{"id": "a", "text": "Rain in Homs.", "date": "2020-01-02"}]
    write(geoparser.parse_many(documents), path, format=name)
    lines = tmp_path / "lines.jsonl"
    lines.write_text(json.dumps(documents[0]) + "\n")
    command = [sys.executable, "-m", "pytoponym", "tag", "--format", name, str(lines)]
    assert path.read_bytes() == subprocess.run(command, capture_output=True, check=True).stdout


@pytest.mark.parametrize("extension", ["geojson", "parquet", "gpkg"])
def test_a_file_appears_whole_or_not_at_all(geoparser, tmp_path, extension):
    path = tmp_path / f"out.{extension}"

    def broken():
        yield geoparser.parse("Rain in Homs.")
        raise KeyError("gone")

    for _ in range(2):
        with pytest.raises(KeyError):
            write(broken(), path)
        with pytest.raises(TypeError):
            write([geoparser.parse("Homs"), "Homs"], path)
    assert list(tmp_path.iterdir()) == []
    path.write_bytes(b"old")
    with pytest.raises(KeyError):
        write(broken(), path)
    assert path.read_bytes() == b"old"
    os.unlink(path)
    write([], path)
    assert path.stat().st_size > 0 and stat.S_IMODE(path.stat().st_mode) & 0o600 == 0o600


def test_wrong_outputs_are_told(geoparser, tmp_path):
    result = geoparser.parse("Homs")
    cases = [
        (tmp_path / "a.docx", {}, pytoponym.OptionError, "parquet"),
        (tmp_path / "a", {}, pytoponym.OptionError, "format="),
        (tmp_path / "a", {"format": "shp"}, pytoponym.OptionError, "geojson"),
        (tmp_path / "a.csv", {"by": "town"}, pytoponym.OptionError, "mention"),
        (tmp_path / "a.jsonl", {"by": "mention"}, pytoponym.OptionError, "leave it out"),
        (tmp_path / "a.csv", {"geometry": "line"}, pytoponym.OptionError, "area"),
        (tmp_path / "no" / "a.csv", {}, pytoponym.OutputError, "no folder"),
        (tmp_path, {"format": "csv"}, pytoponym.OutputError, "directory"),
    ]
    for path, options, kind, message in cases:
        with pytest.raises(kind, match=message):
            write(result, path, **options)
    assert list(tmp_path.iterdir()) == []


def test_packages_that_are_missing_are_told(geoparser, tmp_path, monkeypatch):
    result = geoparser.parse("Homs")
    for package in ("pyarrow", "geopandas"):
        monkeypatch.setitem(sys.modules, package, None)
    for call in (result.to_arrow, result.to_geodataframe):
        with pytest.raises(pytoponym.MissingPackageError, match=r"pip install 'pytoponym\[\w+\]'") as raised:
            call()
        assert isinstance(raised.value, ImportError)
    # The program's own writer.
    assert result.write(tmp_path / "a.parquet") == 1


def test_features_are_a_table(geoparser):
    pyarrow = pytest.importorskip("pyarrow")
    results = [geoparser.parse(text, id=number) for number, text in enumerate(TEXTS)]
    table = to_arrow(results)
    assert table.num_rows == sum(map(len, results))
    rows = table.to_pylist()
    mentions = [mention for result in results for mention in result]
    for row, mention in zip(rows, mentions):
        facts = mention.to_dict()
        point = row.pop("geometry")
        assert point == (None if facts["lat"] is None else {"x": facts["lon"], "y": facts["lat"]})
        assert row == {name: value for name, value in facts.items() if name not in ("lat", "lon")}
    field = table.schema.field("geometry")
    assert field.metadata[b"ARROW:extension:name"] == b"geoarrow.point"
    assert json.loads(field.metadata[b"ARROW:extension:metadata"])["crs"] == "OGC:CRS84"
    assert pyarrow.types.is_int64(table.schema.field("population").type)
    assert to_arrow([]).schema == table.schema
    assert results[0].to_arrow(by="document").num_rows == 1
    assert to_arrow(results[0], geometry="area").schema.field("geometry").type == pyarrow.binary()
    with pytest.raises(pytoponym.OptionError, match="write"):
        to_arrow(results, by="name")
    with pytest.raises(pytoponym.OptionError, match="wkb"):
        to_arrow(results, geometry="area", encoding="point")


def test_features_are_a_frame_of_geopandas(geoparser, tmp_path):
    geopandas = pytest.importorskip("geopandas")
    results = [geoparser.parse(text) for text in TEXTS]
    frame = to_geodataframe(results)
    assert frame.crs == "EPSG:4326" and len(frame) == sum(map(len, results))
    assert list(frame[frame.name == "Homs"].country.unique()) == ["SY"]
    areas = results[0].to_geodataframe(by="place", geometry="area")
    assert set(areas.geometry.geom_type) == {"Point", "MultiPolygon"} and areas.geometry.is_valid.all()
    with pytest.raises(pytoponym.OutputError, match="another path"):
        write(results, tmp_path / "no" / "a.parquet")
    write(results, tmp_path / "a.parquet", by="mention", geometry="area")
    assert b"GeoNames" in pytest.importorskip("pyarrow.parquet").read_schema(tmp_path / "a.parquet").metadata[b"attribution"]
    assert set(geopandas.read_parquet(tmp_path / "a.parquet").geometry.geom_type) >= {"Point", "MultiPolygon"}
    collection = geopandas.GeoDataFrame.from_features(geoparser.parse("Rain in Homs."))
    assert list(collection.name) == ["Homs"]
    unknown = Geoparser().resolve("Xyzzyqwf", [(0, 8)])
    assert unknown.to_geodataframe().geometry.isna().all()


def test_a_stream_is_taken_once(geoparser):
    pyarrow = pytest.importorskip("pyarrow")
    stream = geoparser.parse_arrow(pyarrow.table({"text": ["Homs"]}))
    assert pyarrow.schema(stream).names == ["language", "mentions", "error"]
    pyarrow.table(stream)
    with pytest.raises(pytoponym.DocumentError, match="taken"):
        pyarrow.table(stream)
