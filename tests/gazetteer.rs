//! `toponym gazetteer`: sources, filters, bad rows, damage, stacking.

use crate::support::{features, root, shared, tag, toponym};
use predicates::prelude::*;
use predicates::str::contains;
use serde_json::Value;
use std::path::{Path, PathBuf};
use toponym::{Geoparser, Resources};

const DUMP: &str = "\
1\tNew Kalma\tNew Kalma\tKalma Jadida,abc,NKL\t12.05\t24.88\tP\tPPLA\tSD\t\t49\t4901\t\t\t90000\t\t600\tAfrica/Khartoum\t2024-01-01
2\tWadi Azum\tWadi Azum\t\t12.5\t23.5\tH\tWAD\tSD\tTD\t49\t\t\t\t0\t\t500\tAfrica/Khartoum\t2024-01-01
x\tBroken\tBroken\t\t1\t1\tP\tPPL\tSD
3\tNowhere\tNowhere\t\t95\t24\tP\tPPL\tSD\t\t49\t\t\t\t0\t\t500\tAfrica/Khartoum\t2024-01-01
4\tSouth Darfur\tSouth Darfur\t\t11.5\t25\tA\tADM1\tSD\t\t49\t\t\t\t0\t\t500\tAfrica/Khartoum\t2024-01-01
";

/// A folder with the dump and the files that `make` adds.
fn folder(make: impl Fn(&Path)) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    std::fs::write(folder.path().join("SD.txt"), DUMP).expect("written");
    make(folder.path());
    folder
}

/// Builds `out.toponym` in a folder.
fn build(folder: &tempfile::TempDir, arguments: &[&str]) -> assert_cmd::assert::Assert {
    toponym().current_dir(folder).args(["gazetteer", "build", "-o", "out.toponym"]).args(arguments).assert()
}

/// The output of `lookup` with the gazetteer that was built alone.
fn lookup(folder: &tempfile::TempDir, arguments: &[&str]) -> String {
    let mut command = toponym();
    command.current_dir(folder).args(["lookup", "-g", "out.toponym", "--only"]).args(arguments);
    String::from_utf8(command.output().expect("runs").stdout).expect("UTF-8")
}

#[test]
fn a_geonames_dump_with_bad_rows() {
    let folder = folder(|path| {
        let alternate = "9\t1\tar\tكلمة الجديدة\t1\n8\t1\ten\tOld Kalma\t\t\t\t1\n7\t1\tlink\thttps://example.org\n6\t77\ten\tLost\n";
        std::fs::write(path.join("alternateNamesV2.txt"), alternate).expect("written");
        std::fs::write(path.join("admin1CodesASCII.txt"), "SD.49\tSouth Darfur\tSouth Darfur\t4\n").expect("written");
        std::fs::write(path.join("admin2Codes.txt"), "SD.49.4901\tNyala\tNyala\t5\n").expect("written");
        std::fs::write(path.join("hierarchy.txt"), "1\t2\t\n").expect("written");
    });
    let sources = ["alternateNamesV2.txt", "SD.txt", "admin1CodesASCII.txt", "admin2Codes.txt", "hierarchy.txt"];
    build(&folder, &sources).success().stderr(
        contains("3 rows")
            .and(contains("2 rows could not be read"))
            .and(contains("SD.txt:3:"))
            .and(contains("SD.txt:4: latitude 95")),
    );
    assert!(
        lookup(&folder, &["New Kalma"])
            .starts_with("New Kalma\tP.PPLA\tNyala, South Darfur, SD\t12.0500,24.8800\tgeonames:1\tpopulation 90000")
    );
    assert!(lookup(&folder, &["Old Kalma"]).contains("historic name (en)"));
    assert!(lookup(&folder, &["كلمة الجديدة", "--lang", "ar"]).contains("(ar)"));
    assert_eq!(lookup(&folder, &["كلمة الجديدة", "--lang", "fr"]), "");
    assert_eq!(lookup(&folder, &["abc"]), "", "automatic transliterations are no names");
    assert!(lookup(&folder, &["--prefix", "new ka"]).contains("New Kalma"));
    assert!(lookup(&folder, &["New Kalma, South Darfur"]).contains("New Kalma"));
    assert!(lookup(&folder, &["New Kallma"]).contains("New Kalma"), "one letter more");
    let info = toponym().current_dir(&folder).args(["gazetteer", "info", "--verify", "out.toponym"]).assert().success();
    info.stdout(
        contains("3 places").and(contains("all sums are right")).and(contains("GeoNames (geonames.org), CC BY 4.0")),
    );
}

#[test]
fn filters_leave_rows_out() {
    let folder = folder(|_| {});
    for (filter, kept) in [
        (&["--feature", "H"][..], 1),
        (&["--country", "TD"], 1),
        (&["--min-population", "1000"], 1),
        (&["--bbox", "24,12,25,13"], 1),
        (&["--country", "SD", "--feature", "P,A"], 2),
    ] {
        build(&folder, &[&["SD.txt"], filter].concat()).success().stderr(contains(if kept == 1 {
            ": 1 row,".to_owned()
        } else {
            format!(": {kept} rows,")
        }));
    }
    build(&folder, &["SD.txt", "--country", "FR"]).code(1).stderr(contains("left out by the filters"));
}

#[test]
fn tables_geojson_and_linked_places() {
    let folder = folder(|path| {
        let table =
            "OBJECTID;Ort;Y;X;country;aliases\n7;Haus \"Berg\";\"48,5\";11.25;DE;Burghaus|Berghaus\n8;Ohne;nix;1;DE;\n";
        std::fs::write(path.join("orte.csv"), table).expect("written");
        let polygon = r#"{"type":"FeatureCollection","features":[
            {"type":"Feature","id":"p1","properties":{"name":"Square Field"},"geometry":{"type":"Polygon","coordinates":[[[10,10],[12,10],[12,12],[10,12],[10,10]]]}},
            {"type":"Feature","properties":{"name":"No Geometry"},"geometry":null}]}"#;
        std::fs::write(path.join("fields.geojson"), polygon).expect("written");
        let linked = r#"{"type":"FeatureCollection","@context":"https://example.org/lpf.jsonld","features":[{"@id":"wh:abingdon","type":"Feature",
            "properties":{"title":"Abingdon","ccodes":["GB"]},"geometry":{"type":"Point","coordinates":[-1.28,51.67]},
            "names":[{"toponym":"Abbendun","lang":"ang","when":{"timespans":[{"start":{"in":"0900"},"end":{"in":"1200"}}]}},{"toponym":"Abingdon-on-Thames","lang":"en"}]},
            {"@id":"wh:abbey","type":"Feature","properties":{"title":"Vale Abbey","ccodes":["GB"],"fclasses":["S"]},"when":{"timespans":[{"start":{"in":"0675"}}]},
            "geometry":{"type":"GeometryCollection","geometries":[{"type":"Point","coordinates":[-1.275,51.671],"when":{"timespans":[{"start":{"in":"0675"}}]}}]},
            "relations":[{"relationType":"gvp:broaderPartitive","relationTo":"wh:abingdon","label":"Abingdon"}]}]}"#;
        std::fs::write(path.join("lpf.json"), linked).expect("written");
    });
    build(&folder, &["orte.csv", "--columns", "name=Ort", "--credit", "Landesamt, dl-de/by-2-0"])
        .success()
        .stderr(contains("1 row,").and(contains("orte.csv:3: lat is \"nix\"")));
    assert!(lookup(&folder, &["Burghaus"]).starts_with("Haus \"Berg\"\t\tDE\t48.5000,11.2500\torte:7"));
    build(&folder, &["fields.geojson", "lpf.json"]).success().stderr(contains("it has no geometry"));
    assert!(lookup(&folder, &["Square Field"]).contains("11.0000,11.0000\tfields:p1"));
    assert!(lookup(&folder, &["Abbendun"]).contains("wh:abingdon\thistoric name (ang)"));
    assert!(lookup(&folder, &["Vale Abbey"]).starts_with("Vale Abbey\tS\tAbingdon, GB\t51.6710,-1.2750\twh:abbey"));
    let index = toponym::gazetteer::Index::open(&folder.path().join("out.toponym")).expect("opens");
    let field = toponym::Gazetteer::new(vec![index]).by_id("fields:p1").expect("known");
    assert_eq!(field.bounds(), Some([10.0, 10.0, 12.0, 12.0]));
    build(&folder, &["orte.csv", "--columns", "lat=Breite,name=Ort"])
        .code(1)
        .stderr(contains("--columns lat=").and(contains("Ort, Y, X")));
}

#[test]
fn several_gazetteers_make_one() {
    let folder = folder(|path| {
        let own = "id,name,lat,lon,country,names\n1,Camp Azum,12.4,23.6,SD,Azum Camp\n2,Tent City,12.3,23.7,SD,\n";
        std::fs::write(path.join("own.csv"), own).expect("written");
    });
    build(&folder, &["own.csv", "--credit", "Us, CC0"]).success();
    std::fs::rename(folder.path().join("out.toponym"), folder.path().join("own.toponym")).expect("renamed");
    build(&folder, &["SD.txt"]).success();
    std::fs::rename(folder.path().join("out.toponym"), folder.path().join("sd.toponym")).expect("renamed");
    let merge = |files: &[&str]| {
        let mut command = toponym();
        command.current_dir(&folder).args(["gazetteer", "merge", "-o", "out.toponym"]).args(files).assert()
    };
    merge(&["own.toponym", "sd.toponym"]).success().stderr(contains("5 rows"));
    assert!(lookup(&folder, &["Azum Camp"]).starts_with("Camp Azum\t"));
    assert!(lookup(&folder, &["Kalma Jadida"]).starts_with("New Kalma\tP.PPLA\tSouth Darfur, SD\t12.0500,24.8800"));
    let info = toponym().current_dir(&folder).args(["gazetteer", "info", "--verify", "out.toponym"]).assert().success();
    info.stdout(contains("own.csv, SD.txt").and(contains("from Us, CC0")).and(contains("from GeoNames")));
    merge(&["own.toponym"]).code(2);
    std::fs::write(folder.path().join("bad.toponym"), "toponym").expect("written");
    merge(&["own.toponym", "bad.toponym"]).code(1).stderr(contains("bad.toponym"));
}

#[test]
fn packed_sources_and_the_flags_of_alternate_names() {
    let folder = folder(|path| {
        let names = "1\t1\ten\tKalma the Preferred\t1\n2\t1\ten\tKal\t\t1\n3\t1\ten\tBig K\t\t\t1\n4\t1\tabbr\tNKL\n";
        std::fs::write(path.join("alternateNamesV2.txt"), names).expect("written");
        let countries = "#ISO\nSD\tSDN\t736\tSU\tThe Sudan\tKhartoum\t1\t1\tAF\t.sd\tSDG\tPound\t249\t\t\tar\t4\t\t\n";
        std::fs::write(path.join("countryInfo.txt"), countries).expect("written");
        let mut zip = zip::ZipWriter::new(std::fs::File::create(path.join("SD.zip")).expect("made"));
        let plain = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Deflated);
        for (name, text) in [("readme.txt", "What this is."), ("SD.txt", DUMP)] {
            zip.start_file(name, plain).expect("begun");
            std::io::Write::write_all(&mut zip, text.as_bytes()).expect("written");
        }
        zip.finish().expect("written");
    });
    build(&folder, &["countryInfo.txt", "alternateNamesV2.txt", "SD.zip"]).success().stderr(contains("3 rows"));
    assert!(lookup(&folder, &["The Sudan"]).starts_with("The Sudan\tA.ADM1"), "renamed by countryInfo.txt");
    for (name, told) in [
        ("Kalma the Preferred", "geonames:1\tpopulation 90000\tname (en)"),
        ("Kal", "name (en)"),
        ("Big K", "nickname (en)"),
        ("NKL", "abbreviation"),
    ] {
        assert!(lookup(&folder, &[name]).contains(told), "{name}: {}", lookup(&folder, &[name]));
    }
}

#[test]
fn sources_that_cannot_be_used_are_named() {
    let folder = folder(|path| {
        std::fs::write(path.join("words.txt"), "no dump\nat all\n").expect("written");
        std::fs::write(path.join("empty.geojson"), "{\"type\":\"FeatureCollection\",\"features\":[]}")
            .expect("written");
        std::fs::write(path.join("table.xls"), "?").expect("written");
        std::fs::write(path.join("words.csv"), "name lat lon\nKalma 12 24\n").expect("written");
        std::fs::write(path.join("swapped.csv"), "name,lat,lon\nKalma,124,12\n").expect("written");
        std::fs::write(path.join("open.csv"), "name,lat,lon\n\"Kalma,12,24\nGeneina,13,22\n").expect("written");
        let nameless = r#"{"type":"Feature","properties":{"x":"A"},"geometry":{"type":"Point","coordinates":[24,12]}}"#;
        std::fs::write(path.join("nameless.geojson"), nameless).expect("written");
        let mut inner = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
        inner.start_file("SD.txt", zip::write::SimpleFileOptions::default()).expect("begun");
        let inner = inner.finish().expect("written").into_inner();
        let mut outer = zip::ZipWriter::new(std::fs::File::create(path.join("twice.zip")).expect("made"));
        outer.start_file("SD.zip", zip::write::SimpleFileOptions::default()).expect("begun");
        std::io::Write::write_all(&mut outer, &inner).expect("written");
        outer.finish().expect("written");
        let file = std::fs::File::create(path.join("twice.csv.gz")).expect("made");
        let mut gz = flate2::write::GzEncoder::new(file, flate2::Compression::default());
        std::io::Write::write_all(&mut gz, &inner).expect("written");
        gz.finish().expect("written");
    });
    for (source, message) in [
        ("words.csv", "words.csv:1: the header has one column"),
        ("swapped.csv", "line 2: latitude 124 is not between -90 and 90; if latitude and longitude are swapped"),
        ("open.csv", "line 2: a quotation mark is not closed before line 4"),
        ("nameless.geojson", "--columns name="),
        ("twice.zip", "another archive, SD.zip; unpack it"),
        ("twice.csv.gz", "packed itself; unpack it"),
        ("words.txt", "no row could be read"),
        ("empty.geojson", "no row could be read"),
        ("table.xls", ".csv"),
        ("gone.txt", "gone.txt"),
    ] {
        build(&folder, &[source]).code(1).stderr(contains(source).and(contains(message)));
        assert!(!folder.path().join("out.toponym").exists(), "nothing is written for {source}");
    }
    assert_eq!(std::fs::read_dir(folder.path()).expect("listed").count(), 10, "no temporary file is left");
}

/// Whether damage is noticed when an index is opened or its checksums are compared. An index that opens is searched in
/// every way; each search must end.
fn is_noticed(damaged: Vec<u8>) -> bool {
    let Ok(index) = toponym::gazetteer::Index::from_vec(damaged) else { return true };
    let verified = index.verify().is_err();
    let gazetteer = toponym::Gazetteer::new(vec![index]);
    for name in ["New Kalma", "Wadi Azum", "Kalma Jadida", "New Kallma", "Wadi Azum, South Darfur"] {
        let found = gazetteer.lookup(name);
        assert!(found.len() < 10_000);
        for hit in found {
            let place = hit.place.indexed().expect("a place of the index");
            let _ = (place.name(), place.id(), place.bounds(), place.division1_name(), place.division2_name());
            let _ = (place.part_of(), place.contains(&place), place.prominence(), place.countries().count());
        }
    }
    gazetteer.complete("new", 10);
    gazetteer.near(12.0, 24.0, 100.0, 5);
    gazetteer.within(&toponym::gazetteer::LatLonBox { west: 20.0, south: 10.0, east: 30.0, north: 20.0 });
    let document = toponym::Document::new("d", "Fighters left New Kalma, in South Darfur, for Wadi Azum.");
    Geoparser::new(Resources::new(gazetteer).expect("the models open")).annotate(&document);
    verified
}

/// Keeps caught panics of searches in damaged names out of the output of the test.
fn quietly() {
    let usual = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        if !toponym::gazetteer::is_searching() {
            usual(panic);
        }
    }));
}

#[test]
fn damage_is_told_and_never_a_crash() {
    quietly();
    let folder = folder(|_| {});
    build(&folder, &["SD.txt"]).success();
    let path = folder.path().join("out.toponym");
    let good = std::fs::read(&path).expect("written");
    let bad = folder.path().join("bad.toponym");
    for length in [0, 5, 300, good.len() / 2, good.len() - 1] {
        std::fs::write(&bad, &good[..length]).expect("written");
        toponym()
            .args(["lookup", "-g"])
            .arg(&bad)
            .arg("New Kalma")
            .assert()
            .code(1)
            .stderr(contains("bad.toponym").and(contains("build it again")));
    }
    // Every byte in turn would take long; every 7th reaches every section, with different bits flipped in turn.
    let mut noticed = 0;
    for at in (0..good.len()).step_by(7) {
        let mut damaged = good.clone();
        damaged[at] ^= [0xff, 0x01, 0x80][at % 3];
        noticed += usize::from(is_noticed(damaged));
    }
    assert!(noticed * 7 > good.len() * 9 / 10, "{noticed} damages noticed of {}", good.len() / 7);
    std::fs::write(&bad, b"not a gazetteer at all, but a text that somebody passed by mistake, long enough for a header ................................................................................................................................................................................................................................................................").expect("written");
    toponym()
        .args(["tag", "-g"])
        .arg(&bad)
        .write_stdin("x")
        .assert()
        .code(1)
        .stderr(contains("not a toponym gazetteer"));
    toponym().args(["tag", "-g"]).arg(folder.path()).write_stdin("x").assert().code(1).stderr(contains("is a folder"));
}

#[test]
fn stacked_gazetteers_are_searched_as_one() {
    let folder = folder(|path| {
        std::fs::write(path.join("own.csv"), "id,name,lat,lon,country\n1,Sheikh Maqsoud,10,10,SY\n").expect("written");
    });
    build(&folder, &["SD.txt"]).success();
    let path: PathBuf = folder.path().join("out.toponym");
    let path = path.to_string_lossy();
    // What no gazetteer knows is in a locality.
    let known = |f: &&Value| f["properties"]["match"] != "locality";
    let names = |geojson: String| -> Vec<String> {
        features(&geojson)
            .iter()
            .filter(known)
            .map(|f| f["properties"]["name"].as_str().unwrap_or("").to_owned())
            .collect()
    };
    let text = "Fighters left New Kalma for Khartoum in Sudan.";
    assert_eq!(names(tag(text, &["-g", &path])), ["New Kalma", "Khartoum", "Sudan"]);
    assert_eq!(names(tag(text, &["-g", &path, "--only"])), ["New Kalma"]);
    assert_eq!(names(tag(text, &[])), ["Khartoum", "Sudan"]);
    toponym().args(["tag", "--only"]).write_stdin(text).assert().code(2).stderr(contains("--gazetteer"));
    toponym().args(["near", "12.05,24.88", "-g", &path, "--km", "1"]).assert().success().stdout(contains("New Kalma"));
    toponym()
        .args(["near", "--bbox", "24,12,25,13", "-g", &path, "--only"])
        .assert()
        .success()
        .stdout(contains("New Kalma"));
    toponym().current_dir(&folder).args(["gazetteer", "build", "own.csv", "-o", "own.toponym"]).assert().success();
    let output =
        toponym().current_dir(&folder).args(["lookup", "-g", "own.toponym", "Sheikh Maqsoud"]).assert().success();
    output.stdout(contains("own:1").and(contains("toponym:aleppo-sheikh-maqsoud")));
}

#[test]
fn complete_dumps_do_not_turn_words_into_places() {
    let Some(dump) = shared("gazetteer/NL.txt.zst") else { return };
    let folder = folder(|_| {});
    build(&folder, &[&dump.canonicalize().expect("there").to_string_lossy()]).success();
    let path = folder.path().join("out.toponym");
    let count = |arguments: &[&str]| {
        let texts = ["refusals", "capitals"]
            .map(|name| std::fs::read_to_string(root(&format!("tests/cases/{name}.txt"))).expect("there"));
        let lines = texts.iter().flat_map(|text| text.lines()).filter(|line| !line.starts_with([' ', '#']));
        features(&tag(&lines.collect::<Vec<_>>().join("\n\n"), &[&["--by", "mention"], arguments].concat())).len()
    };
    let (without, with) = (count(&[]), count(&["-g", &path.to_string_lossy()]));
    assert!(with <= without, "{with} mentions with the dump, {without} without");
}

#[cfg(target_os = "linux")]
#[test]
fn an_interrupted_build_leaves_nothing() {
    let folder = folder(|path| {
        let row = |n: usize| {
            format!(
                "{n}\tPlace {n}\tPlace {n}\tName {n},Other {n}\t12.05\t24.88\tP\tPPL\tSD\t\t49\t\t\t\t0\t\t600\tx\t2024-01-01\n"
            )
        };
        std::fs::write(path.join("SD.txt"), (1..400_000).map(row).collect::<String>()).expect("written");
    });
    let program = assert_cmd::cargo::cargo_bin("toponym");
    let start = || {
        std::process::Command::new(&program)
            .current_dir(&folder)
            .args(["gazetteer", "build", "SD.txt", "-o", "out.toponym"])
            .stderr(std::process::Stdio::null())
            .spawn()
            .expect("starts")
    };
    let mut child = start();
    std::thread::sleep(std::time::Duration::from_millis(700));
    std::process::Command::new("kill").args(["-INT", &child.id().to_string()]).status().expect("kill runs");
    let status = child.wait().expect("ends");
    if status.success() {
        eprintln!("skipped: the build was quicker than the interrupt");
        return;
    }
    let left: Vec<_> =
        std::fs::read_dir(folder.path()).expect("listed").map(|file| file.expect("a file").file_name()).collect();
    assert_eq!(left, ["SD.txt"], "nothing half-written is left");
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_told_whatever_is_written_there() {
    let folder = folder(|path| {
        let names = (0..2000).map(|at| format!("Kalma {at},12.{at},24\n"));
        std::fs::write(path.join("many.csv"), format!("name,lat,lon\n{}", names.collect::<String>())).expect("written");
    });
    let many = folder.path().join("many.csv");
    // The kernel's full disk stands for the output. For temporary files there is no such thing: a folder that is not there.
    let arguments = |out: &str| ["gazetteer", "build", many.to_str().expect("text"), "-o", out].map(str::to_owned);
    let full = contains("/dev/full").and(contains("No space left")).and(contains("free some space"));
    toponym().args(arguments("/dev/full")).assert().code(1).stderr(full);
    let out = folder.path().join("out.toponym");
    let told = contains("temporary files in /nowhere").and(contains("TMPDIR"));
    let built = arguments(out.to_str().expect("text"));
    toponym().args(built).env("TMPDIR", "/nowhere").assert().code(1).stderr(told);
    assert!(!out.exists());
}
