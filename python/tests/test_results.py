"""The results as objects."""

import copy
import json
import pickle

import pytest
from conftest import ROOT, TEXTS, same

import pytoponym
from pytoponym import Geoparser, Mention


@pytest.mark.parametrize("text", TEXTS)
def test_results_are_pickled(geoparser, text):
    result = geoparser.parse(text, title="Snow in Oslo", date="2020-01-02", id="x", meta={"a": [1, None]})
    for protocol in range(2, pickle.HIGHEST_PROTOCOL + 1):
        again = pickle.loads(pickle.dumps(result, protocol))
        assert again == result and repr(again) == repr(result)
        assert again.to_dict(keep_text=True) == result.to_dict(keep_text=True)
        assert again.to_geojson(geometry="area") == result.to_geojson(geometry="area")
    assert copy.deepcopy(result) == result
    assert [pickle.loads(pickle.dumps(mention)) for mention in result] == result.mentions
    assert [pickle.loads(pickle.dumps(place)) for place in result.places] == result.places
    assert result != geoparser.parse(text + " Homs.") and result != 1


def test_everything_is_pickled_and_compared(geoparser, sites, tmp_path):
    """Whatever a process answers can be handed to another."""
    table = tmp_path / "t.csv"
    table.write_text("id,name,lat,lon\n1,Aheim,50,8\n2,Bheim,95,8\n", encoding="utf-8")
    tally = pytoponym.gazetteer.build(table, tmp_path / "t.idx")
    result = Geoparser(sites).parse("Shells fell 20 km north of Springfield, Ohio, and at 36.2361 N, 37.1517 E.")
    things = [
        *geoparser.lookup("Sheikh Maqsood"),
        *geoparser.lookup("Alep", prefix=True, limit=2),
        *geoparser.near(36.2, 37.16, limit=2),
        *(mention.relative for mention in result if mention.relative),
        *(alternative for mention in Geoparser(explain=True).parse("Rain in Springfield.") for alternative in mention.alternatives),
        *result.foci,
        *geoparser.credits,
        tally,
        *tally.first_bad,
        pytoponym.gazetteer.info(sites),
    ]
    assert {type(thing).__name__ for thing in things} >= {"Hit", "Relative", "Alternative", "Focus", "Credit", "Tally", "BadRow", "GazetteerInfo"}
    for thing in things:
        for protocol in range(pickle.HIGHEST_PROTOCOL + 1):
            again = pickle.loads(pickle.dumps(thing, protocol))
            assert again == thing and repr(again) == repr(thing) and type(again) is type(thing)
        assert copy.deepcopy(thing) == thing != 1
    assert things[0] != things[1] and tally.first_bad[0].path == table


def test_results_do_not_need_their_geoparser(article):
    result = Geoparser().parse(article)
    place = result.places[0]
    places = [place.name for place in result.places]
    del result
    assert places and place.name == places[0]


def test_annotations_are_a_sequence(geoparser):
    result = geoparser.parse("Rain in Homs, snow in Oslo.")
    homs, oslo = result
    assert len(result) == 2 and result[-1] == oslo == result[1] and homs in result and homs != oslo
    assert (result[:1], result[::-1], result[5:]) == ([homs], [oslo, homs], [])
    with pytest.raises(TypeError):
        result["Homs"]
    for index in (2, -3):
        with pytest.raises(IndexError, match="there are 2"):
            result[index]
    assert [place.name for place in geoparser.parse("Homs, Homs and Oslo").places] == ["Homs", "Oslo"]
    assert result.mention_at(8, 12) == homs and result.mention_at(8, 11) is None
    assert result.mention_in(0, len(result.text)) == homs and result.mention_in(13, 20) is None


def test_geo_interfaces_are_geojson(geoparser):
    shape = pytest.importorskip("shapely.geometry").shape
    text = "Shells fell 20 km north of Aleppo, in Xyzzyqwf and at 36.2361 N, 37.1517 E."
    result = geoparser.resolve(text, [(27, 33), (38, 46), (3, 3)])
    collection = result.__geo_interface__
    assert collection["type"] == "FeatureCollection" and "GeoNames" in collection["attribution"]
    for feature in collection["features"]:
        shape(feature["geometry"])
    for mention in result:
        feature = mention.__geo_interface__
        properties = mention.to_dict()
        assert feature["type"] == "Feature"
        assert (feature["geometry"] is None) == (mention.lat is None) == (mention.reason is not None)
        if feature["geometry"]:
            assert feature["geometry"]["coordinates"] == [properties["lon"], properties["lat"]]
        assert {**feature["properties"], "lat": properties["lat"], "lon": properties["lon"]} == properties
    relative = next(mention.relative for mention in result if mention.kind == "relative")
    area = shape(relative.area)
    assert area.is_valid and area.contains(shape({"type": "Point", "coordinates": [relative.lon, relative.lat]}))
    assert shape(relative.__geo_interface__["geometry"]).equals(area)
    assert [anchor.name for anchor in relative.anchors] == ["Aleppo"] and relative.uncertainty_km > 5
    assert (relative.country, relative.admin1) == ("SY", "Aleppo Governorate")
    assert relative.__geo_interface__["properties"]["country"] == "SY"
    coordinate = next(mention.relative for mention in result if mention.kind == "coordinate")
    assert coordinate.area is None and coordinate.__geo_interface__["geometry"]["type"] == "Point"
    place = geoparser.place("geonames:170063")
    assert place.__geo_interface__["geometry"] == {"type": "Point", "coordinates": [place.lon, place.lat]}
    assert geoparser.lookup("Aleppo")[0].__geo_interface__ == place.__geo_interface__


def test_geojson_is_what_the_program_writes(geoparser, article):
    result = geoparser.parse(article, id="x")
    for by, most in (("place", len(result)), ("mention", len(result)), ("document", 1)):
        collection = json.loads(result.to_geojson(by=by))
        assert 0 < len(collection["features"]) <= most
        assert all(feature["properties"]["document"] == "x" for feature in collection["features"])
    areas = json.loads(geoparser.parse(TEXTS[0]).to_geojson(geometry="area"))
    assert {feature["geometry"]["type"] for feature in areas["features"]} == {"Point", "MultiPolygon"}


def test_a_notebook_shows_the_map(geoparser):
    page = geoparser.parse('Rain in Homs & "snow" in <b>Oslo</b>.')._repr_html_()
    assert page.startswith("<iframe srcdoc=") and page.count('"') == page.count('="') * 2
    assert "&lt;!doctype" in page.lower() or "<!doctype" in page.lower()
    assert "Homs" in page and "allow-scripts" in page


def test_places_are_values(geoparser):
    homs = geoparser.place("geonames:169577")
    again = geoparser.parse("Rain in Homs.")[0].place
    assert homs == again and hash(homs) == hash(again) and len({homs, again}) == 1
    assert homs != geoparser.place("geonames:170063")
    assert str(homs) == "Homs, Homs Governorate, SY (geonames:169577)" and repr(homs).startswith("<Place Homs")
    assert list(homs.to_dict())[:4] == ["id", "name", "lat", "lon"]
    assert homs.countries == ("SY",) and homs.admin1 == "Homs Governorate" and homs.population > 100_000


def test_everything_tells_what_it_is(geoparser, article):
    result = geoparser.parse(article, id="x")
    for thing in (result, *result, *result.places, *result.foci, *geoparser.lookup("Homs"), *geoparser.credits):
        assert repr(thing).startswith(f"<{type(thing).__name__} ")
    assert isinstance(result[0], Mention) and result.foci[0].to_dict()["score"] == result.focus.score
    options = {"languages": ["en"], "focus": "SY", "min_confidence": 0.25, "literal": True, "kinds": ["place"]}
    geoparser = Geoparser(**options)
    assert eval(repr(geoparser), {"Geoparser": Geoparser}).__getnewargs_ex__() == ((), options)
    again = pickle.loads(pickle.dumps(geoparser))
    assert repr(again) == repr(geoparser) and same([again.parse(article)], [geoparser.parse(article)])
