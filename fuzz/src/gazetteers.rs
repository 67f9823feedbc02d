//! Sources of gazetteers, and index files.

use std::sync::LazyLock;
use toponym::gazetteer::source::{Options, read_sources};
use toponym::gazetteer::{Index, IndexBuilder, LatLonBox, Name, NameKind, PlaceRow};
use toponym::{Document, Gazetteer, Geoparser, Resources};

/// Builds an index of a source and looks things up in it.
fn build(name: &str, data: &[u8]) {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join(name);
    std::fs::write(&path, data).expect("written");
    let mut builder = IndexBuilder::new("fuzz");
    if read_sources(&[path], &Options::default(), &mut builder, &mut |_| ()).is_ok() {
        let index = Index::from_vec(builder.finish().expect("finished")).expect("opens");
        index.verify().expect("whole");
        look(index);
    }
}

/// GeoNames dumps.
pub fn geonames(data: &[u8]) {
    build("SD.txt", data);
}

/// Tables.
pub fn places(data: &[u8]) {
    build("t.csv", &[b"id,name,lat,lon,names,population\n", data].concat());
    build("t.tsv", data);
}

/// GeoJSON and Linked Places.
pub fn geojson(data: &[u8]) {
    build("t.geojson", data);
    build("t.geojson", &[br#"{"type":"FeatureCollection","features":["#, data, b"]}"].concat());
}

static SMALL: LazyLock<Vec<u8>> = LazyLock::new(|| {
    let mut builder = IndexBuilder::new("small");
    for at in 0..50_u32 {
        let row = PlaceRow {
            id: format!("small:{at}"),
            name: format!("Place {at}"),
            names: vec![Name::new(format!("Other {at}"), NameKind::Variant)],
            lat: f64::from(at),
            lon: f64::from(at) * 3.0,
            countries: "SY".to_owned(),
            feature: "P.PPL".to_owned(),
            admin1: format!("{:02}", at % 7),
            population: Some(1000),
            ..PlaceRow::default()
        };
        builder.add(row).expect("a row");
    }
    builder.finish().expect("an index")
});

/// Lets panics pass that a search in a damaged index catches, which libFuzzer's own hook would take for crashes.
static QUIET: LazyLock<()> = LazyLock::new(|| {
    let usual = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        if !toponym::gazetteer::is_searching() {
            usual(panic);
        }
    }));
});

/// Looks up everything in an index that may be damaged.
fn look(index: Index) {
    LazyLock::force(&QUIET);
    let gazetteer = Gazetteer::new(vec![index]);
    let _ = gazetteer.near(10.0, 30.0, 500.0, 10);
    let _ = gazetteer.within(&LatLonBox { west: -180.0, south: -90.0, east: 180.0, north: 90.0 });
    let _ = gazetteer.by_id("small:7");
    for place in gazetteer.places().take(100) {
        let _ = (place.name().len(), place.country().len(), place.division1_name(), place.part_of_name());
    }
    if let Ok(resources) = Resources::new(gazetteer) {
        let geoparser = Geoparser::new(resources);
        let _ =
            geoparser.annotate(&Document::new("d", "They left Place 7 for Other 12, SY, and the north of Place 3."));
    }
}

/// Any bytes as an index.
pub fn index(data: &[u8]) {
    if let Ok(index) = Index::from_vec(data.to_vec()) {
        look(index);
    }
    // An index with some bytes changed: position and value by turns.
    let mut bytes = SMALL.clone();
    for change in data.chunks_exact(3).take(20) {
        let at = usize::from(u16::from_le_bytes([change[0], change[1]])) % bytes.len();
        bytes[at] = change[2];
    }
    if let Ok(index) = Index::from_vec(bytes) {
        look(index);
    }
}

/// Bytes of the header before the table of sections, and of an entry of that; where the header's sum stands.
const BEFORE: usize = 24;
const ENTRY: usize = 24;
const SUM: usize = 20;

/// An index in which sections are changed and all sums are right.
pub fn patched_index(data: &[u8]) {
    let mut bytes = SMALL.clone();
    let number =
        |bytes: &[u8], at: usize| u64::from_le_bytes(bytes[at..at + 8].try_into().expect("eight bytes")) as usize;
    // The table ends where the first section begins, which any of its entries may be.
    let (mut sections, mut first) = (0, bytes.len());
    while BEFORE + (sections + 1) * ENTRY <= first {
        first = Some(number(&bytes, BEFORE + sections * ENTRY))
            .filter(|offset| *offset > 0)
            .map_or(first, |at| first.min(at));
        sections += 1;
    }
    for change in data.chunks_exact(4).take(20) {
        let entry = BEFORE + usize::from(change[0]) % sections * ENTRY;
        let (offset, length) = (number(&bytes, entry), number(&bytes, entry + 8));
        if length > 0 && offset + length <= bytes.len() {
            bytes[offset + usize::from(u16::from_le_bytes([change[1], change[2]])) % length] = change[3];
        }
    }
    for entry in (0..sections).map(|at| BEFORE + at * ENTRY) {
        let (offset, length) = (number(&bytes, entry), number(&bytes, entry + 8));
        if let Some(section) = bytes.get(offset..offset + length) {
            let sum = crc32fast::hash(section);
            bytes[entry + 16..entry + 20].copy_from_slice(&sum.to_le_bytes());
        }
    }
    let header = BEFORE + sections * ENTRY;
    bytes[SUM..SUM + 4].fill(0);
    let sum = crc32fast::hash(&bytes[..header]);
    bytes[SUM..SUM + 4].copy_from_slice(&sum.to_le_bytes());
    if let Ok(index) = Index::from_vec(bytes) {
        look(index);
    }
}

/// Merging an index that may be damaged with a sound one.
pub fn merge(data: &[u8]) {
    let mut bytes = SMALL.clone();
    for change in data.chunks_exact(3).take(20) {
        let at = usize::from(u16::from_le_bytes([change[0], change[1]])) % bytes.len();
        bytes[at] = change[2];
    }
    let mut builder = IndexBuilder::new("merged");
    let sound = Index::from_vec(SMALL.clone()).expect("opens");
    builder.add_index(&sound).expect("a sound index");
    if let Ok(index) = Index::from_vec(bytes)
        && builder.add_index(&index).is_ok()
    {
        look(Index::from_vec(builder.finish().expect("finished")).expect("opens"));
    }
}
