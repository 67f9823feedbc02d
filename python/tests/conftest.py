"""What the tests share."""

import pathlib

import pytest

import pytoponym

ROOT = pathlib.Path(__file__).resolve().parents[2]

#: Cells of wide and narrow scripts, of combining marks and of characters beyond the basic plane, before and between names.
TEXTS = [
    "Shells fell 20 km north of Aleppo, near the Turkish border.",
    "🌍🌍 Floods hit Bergen, Norway — and São Paulo 🇧🇷, Brazil.",
    "Военные покинули Алеппо и Хомс.",
    "Rain in Homs; snow in Oslo.\r\n\r\nDie Bahn fährt nach Köln und Zürich.",
    "Cafe\u0301s in Paris, Texas and in Paris, France.",
    "Nobody was there.",
]


@pytest.fixture(scope="session")
def geoparser():
    return pytoponym.Geoparser()


@pytest.fixture(scope="session")
def article():
    return (ROOT / "examples" / "aleppo-truce.txt").read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def sites(tmp_path_factory):
    """A gazetteer of two sites that are nowhere else."""
    folder = tmp_path_factory.mktemp("sites")
    table = folder / "sites.csv"
    table.write_text("id,name,lat,lon,country\n1,Camp Azum,12.4,23.6,SD\n2,Xyzzyville,-33.5,-70.5,CL\n,,,,\n", encoding="utf-8")
    index = folder / "sites.idx"
    pytoponym.gazetteer.build(table, index, title="Sites", credits=[("Our survey", "CC0")])
    return index


def same(results, others):
    """Whether documents have the same answers. The scores of foci are summed up in no order, so that their last digits differ."""
    return [(r.mentions, r.to_dict()) for r in results] == [(o.mentions, o.to_dict()) for o in others]
