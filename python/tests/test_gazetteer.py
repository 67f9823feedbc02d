"""Gazetteers of one's own."""

import json

import pytest

import pytoponym
from pytoponym import Geoparser, gazetteer


def test_a_gazetteer_is_built_and_wins_for_its_names(tmp_path, sites):
    info = gazetteer.info(sites, verify=True)
    assert (info.title, info.places) == ("Sites", 2) and info.names >= 2
    assert [(credit.name, credit.licence) for credit in info.credits] == [("Our survey", "CC0")]
    text = "Fighters left Camp Azum for Khartoum."
    both = Geoparser([sites]).parse(text)
    assert [mention.place.id for mention in both] == ["sites:1", "geonames:379252"]
    assert "Our survey" in both.attribution
    only = Geoparser(sites, only=True)
    assert [mention.place.id for mention in only.parse(text) if mention.place] == ["sites:1"]
    assert only.place("geonames:379252") is None and only.lookup("Xyzzyville")[0].place.country == "CL"


def test_rows_are_counted(tmp_path):
    table = tmp_path / "orte.csv"
    table.write_text("Nr;Ort;Y;X;Land;EW\n1;Aheim;50;8;DE;10\n2;Bheim;51;9;FR;5000\n3;Cheim;99;9;DE;1\n", encoding="utf-8")
    columns = {"id": "Nr", "name": "Ort", "lat": "Y", "lon": "X", "country": "Land", "population": "EW"}
    tally = gazetteer.build([table], tmp_path / "out.idx", columns=columns, countries="DE", id_source="o")
    assert (tally.kept, tally.left_out, tally.bad) == (1, 1, 1)
    [bad] = tally.first_bad
    assert bad.path == table and bad.line == 4 and "99" in bad.reason
    assert Geoparser(tmp_path / "out.idx", only=True).place("o:1").name == "Aheim"
    options = [{"min_population": 1000}, {"bbox": (8.5, 50, 10, 52)}]
    for option in options:
        assert gazetteer.build(table, tmp_path / "out.idx", columns=columns, **option).kept == 1
        assert Geoparser(tmp_path / "out.idx", only=True).lookup("Bheim")


def test_geojson_is_a_source(tmp_path):
    feature = {"type": "Feature", "geometry": {"type": "Point", "coordinates": [23.6, 12.4]}, "properties": {"name": "Camp Bzum"}}
    source = tmp_path / "camps.geojson"
    source.write_text(json.dumps({"type": "FeatureCollection", "features": [feature]}), encoding="utf-8")
    gazetteer.build(source, tmp_path / "camps.idx")
    mention = Geoparser(tmp_path / "camps.idx").parse("They left Camp Bzum.")[0]
    assert (mention.place.name, mention.lat, mention.lon) == ("Camp Bzum", 12.4, 23.6)


def test_what_goes_wrong_is_told_and_leaves_nothing(tmp_path, sites):
    table = tmp_path / "t.csv"
    table.write_text("id,name,lat,lon\n1,Aheim,50,8\n", encoding="utf-8")
    output = tmp_path / "out.idx"
    cases = [
        (lambda: gazetteer.build([], output), pytoponym.OptionError, "at least one"),
        (lambda: gazetteer.build(5, output), pytoponym.OptionError, "path of a source"),
        (lambda: gazetteer.build(table, output, columns={"nam": "x"}), pytoponym.OptionError, "nam"),
        (lambda: gazetteer.build(table, output, columns={"name": "a,b"}), pytoponym.OptionError, "comma"),
        (lambda: gazetteer.build(table, output, bbox=(0, 5, 1, 1)), pytoponym.OptionError, "bbox"),
        (lambda: gazetteer.build(table, output, countries="FR"), pytoponym.GazetteerError, "left out"),
        (lambda: gazetteer.build(tmp_path / "no.csv", output), pytoponym.GazetteerError, "no.csv"),
        (lambda: gazetteer.build(sites, output), pytoponym.GazetteerError, "sites.idx"),
        (lambda: gazetteer.build(table, tmp_path / "no" / "out.idx"), pytoponym.OutputError, "no folder"),
        (lambda: gazetteer.build(table, table), pytoponym.OptionError, "another output"),
    ]
    for call, kind, message in cases:
        with pytest.raises(kind, match=message):
            call()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["t.csv"]
    assert table.read_text().startswith("id,name")
