//! Sources of gazetteers as they are downloaded and exported: archives, encodings, other tables, other JSON; and what
//! is told of those that cannot be used.

use crate::support::toponym;
use predicates::prelude::*;
use predicates::str::contains;
use std::io::Write;
use std::path::Path;

const SD: &str = "1\tNew Kalma\tNew Kalma\tKalma Jadida\t12.05\t24.88\tP\tPPLA\tSD\t\t49\t4901\t\t\t90000\t\t600\tAfrica/Khartoum\t2024-01-01\n";
const NAMES: &str = "9\t1\tar\tكلمة الجديدة\t1\t\t\t\t\t\n8\t1\ten\tOld Kalma\t\t\t\t1\t\t\n";

/// An archive as GeoNames makes them: the sizes of the files stand behind them, not before.
fn streamed_zip(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new_stream(Vec::new());
    let options = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Deflated);
    for (name, bytes) in files {
        zip.start_file(*name, options).expect("begun");
        zip.write_all(bytes).expect("written");
    }
    zip.finish().expect("written").into_inner()
}

fn gzipped(bytes: &[u8]) -> Vec<u8> {
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    packed.write_all(bytes).expect("packed");
    packed.finish().expect("packed")
}

fn utf16(text: &str) -> Vec<u8> {
    text.encode_utf16().flat_map(u16::to_le_bytes).collect()
}

/// Builds `out.toponym` of files that are written first.
fn build(folder: &Path, files: &[(&str, &[u8])], options: &[&str]) -> assert_cmd::assert::Assert {
    for (name, bytes) in files {
        std::fs::write(folder.join(name), bytes).expect("written");
    }
    let names = files.iter().map(|(name, _)| *name);
    let mut command = toponym();
    command.current_dir(folder).args(["gazetteer", "build", "-o", "out.toponym"]).args(names).args(options).assert()
}

fn lookup(folder: &Path, arguments: &[&str]) -> String {
    let mut command = toponym();
    command.current_dir(folder).args(["lookup", "-g", "out.toponym", "--only"]).args(arguments);
    String::from_utf8(command.output().expect("runs").stdout).expect("UTF-8")
}

#[test]
fn the_archives_that_geonames_serves() {
    let folder = tempfile::tempdir().expect("a folder");
    let places = streamed_zip(&[("readme.txt", b"What this is."), ("SD.txt", SD.as_bytes())]);
    let world = [("iso-languagecodes.txt", &b"ara\tar\tar\tArabic\n"[..]), ("alternateNamesV2.txt", NAMES.as_bytes())];
    // The alternate names of a country are in a file of the same name as its places.
    let country = [("SD.txt", NAMES.as_bytes()), ("readme.txt", b"What this is.")];
    for (name, archive) in [("alternateNamesV2.zip", streamed_zip(&world)), ("SD-names.zip", streamed_zip(&country))] {
        build(folder.path(), &[(name, &archive), ("SD.zip", &places)], &[]).success().stderr(contains("1 row,"));
        let found = lookup(folder.path(), &["Old Kalma"]);
        assert!(found.starts_with("New Kalma\tP.PPLA\t") && found.contains("historic name (en)"), "{name}: {found}");
        assert!(lookup(folder.path(), &["كلمة الجديدة", "--lang", "ar"]).contains("geonames:1"), "{name}");
    }
}

/// A table in Linked Places' own columns (LP-TSV), with a geometry in place of a point in its second row.
const LP_TSV: &str = "id\ttitle\ttitle_source\tfclasses\tccodes\tvariants\tparent_id\tlon\tlat\tgeowkt\tstart\n\
    wh-1\tAbingdon\tEkwall\tP\tGB\tAbbendun@ang;Abingdon-on-Thames@en\t\t-1.28\t51.67\t\t0900\n\
    wh-2\tVale Abbey\tEkwall\tS\tGB\t\twh-1\t\t\tPOINT(-1.275 51.671)\t0675\n";

#[test]
fn tables_as_programs_write_them() {
    let windows =
        encoding_rs::WINDOWS_1252.encode("name;lat;lon;country\nGenève-Cité;46,2;6,15;CH\nZürich;47,37;8,54;CH\n").0;
    let csv = "name,lat,lon,alt_names,population\nHomèsk,34.7,36.7,\"Hims, Emesa\",\"1,234,567\"\n";
    let osm = "@id,name,name:ar,alt_name,old_name,place,lat,lon\nnode/5,Halabja Town,هلابجا,Helepçe;Old H.,Shahrazur,village,35.2,46\n";
    for (file, bytes, name, told) in [
        ("a.csv", csv.as_bytes().to_vec(), "Emesa", "Homèsk\t\t\t34.7000,36.7000\ta:2\tpopulation 1234567"),
        ("b.csv", windows.to_vec(), "Genève-Cité", "Genève-Cité\t\tCH\t46.2000,6.1500"),
        ("c.csv", utf16(&format!("\u{feff}{csv}")), "Emesa", "Homèsk\t"),
        (
            "d.tsv",
            utf16(&csv.replace("\"Hims, Emesa\"", "Emesa").replace("\"1,234,567\"", "5").replace(',', "\t")),
            "Emesa",
            "Homèsk\t",
        ),
        ("e.tsv", LP_TSV.as_bytes().to_vec(), "Abbendun", "Abingdon\tP\tGB\t51.6700,-1.2800\te:wh-1\tvariant (ang)"),
        ("e.tsv", LP_TSV.as_bytes().to_vec(), "Vale Abbey", "Vale Abbey\tS\tAbingdon, GB\t51.6710,-1.2750\te:wh-2"),
        ("f.csv", osm.as_bytes().to_vec(), "هلابجا", "Halabja Town\tP.PPL\t\t35.2000,46.0000\tf:node/5\tvariant (ar)"),
        ("f.csv", osm.as_bytes().to_vec(), "Shahrazur", "historic name"),
        (
            "g.csv",
            b"name,WKT\nSquare,\"POLYGON((0 0,2 0,2 2,0 2,0 0))\"\n".to_vec(),
            "Square",
            "Square\t\t\t1.0000,1.0000",
        ),
        (
            "h.txt",
            b"FEATURE_ID|FEATURE_NAME|PRIM_LAT_DEC|PRIM_LONG_DEC\n7|Capertons Ferry|34.8|-85.7\n".to_vec(),
            "Capertons Ferry",
            "h:7",
        ),
        ("i.csv.gz", gzipped(csv.as_bytes()), "Emesa", "i:2"),
        ("j.zip", streamed_zip(&[("export/towns.csv", csv.as_bytes())]), "Emesa", "towns:2"),
        (
            "k.csv",
            b"name,lat,lon,pop\nKhartoum Bahri,15.6,32.5,477090.0\n".to_vec(),
            "Khartoum Bahri",
            "population 477090",
        ),
        ("l.tsv", b"name\tlat\tlon\n6\" Battery\t1\t2\n\"Old\" Fort\t3\t4\n".to_vec(), "6\" Battery", "6\" Battery\t"),
    ] {
        let folder = tempfile::tempdir().expect("a folder");
        build(folder.path(), &[(file, &bytes)], &[]).success().stderr(contains("could not be read").not());
        let found = lookup(folder.path(), &[name]);
        assert!(found.contains(told), "{file}: {found:?} does not tell {told:?}");
    }
}

#[test]
fn geojson_in_all_its_forms() {
    let feature = |n: usize| {
        format!(
            r#"{{"type":"Feature","id":"f{n}","properties":{{"name":"Camp {n}","name:ar":"مخيم {n}","aliases":["Site {n}"]}},"geometry":{{"type":"Point","coordinates":[30,1{n}]}}}}"#
        )
    };
    let (one, two) = (feature(1), feature(2));
    for (file, text) in [
        ("lines.geojsonl", format!("{one}\n{two}\n")),
        ("lines.geojson", format!("{one}\n{two}\n")),
        ("sequence.geojsonseq", format!("\u{1e}{one}\n\u{1e}{two}\n")),
        ("bare.json", format!("[{one},\n{two}]")),
        ("collection.json", format!("{{\"type\":\"FeatureCollection\",\"features\":[{one},{two}]}}")),
        (
            "objects.jsonl",
            (1..3)
                .map(|n| format!("{{\"name\":\"Camp {n}\",\"aliases\":\"Site {n}\",\"lat\":1{n},\"lon\":30}}\n"))
                .collect(),
        ),
    ] {
        let folder = tempfile::tempdir().expect("a folder");
        build(folder.path(), &[(file, text.as_bytes())], &[]).success().stderr(contains("2 rows"));
        let found = lookup(folder.path(), &["Site 2"]);
        assert!(found.starts_with("Camp 2\t\t\t12.0000,30.0000\t"), "{file}: {found}");
    }
    let folder = tempfile::tempdir().expect("a folder");
    build(folder.path(), &[("single.geojson", one.as_bytes())], &[]).success().stderr(contains("1 row,"));
    assert!(lookup(folder.path(), &["مخيم 1", "--lang", "ar"]).contains("single:f1"));
    // A line that is damaged costs that line, and is named.
    let text = format!("{one}\n{{\"type\":\"Feat\n{two}\n");
    let built = build(folder.path(), &[("cut.geojsonl", text.as_bytes())], &[]).success();
    built.stderr(contains("2 rows").and(contains("cut.geojsonl:2: feature 2:")));
}

#[test]
fn what_is_left_out_is_told_once() {
    let folder = tempfile::tempdir().expect("a folder");
    let table = "id,name,lat,lon,country,population,type,Remarks,Surveyor\n\
        1,Tell Asad,35,36,Syria,ca. 500,Populated Place,x,y\n2,Tell Birak,35,37,SYR,600,P.PPL,x,y\n2,Tell Chuera,36,38,SY,,,,\n";
    let built = build(folder.path(), &[("t.csv", table.as_bytes())], &[]).success();
    let told = String::from_utf8_lossy(&built.get_output().stderr).into_owned();
    for (remark, times) in [
        ("t.csv: not understood and not read: Remarks, Surveyor; --columns", 1),
        ("t.csv:2: 1 row has a population that is no number, which is left out; the first is \"ca. 500\"", 1),
        ("t.csv:2: 2 rows have a country that is no ISO 3166-1 alpha-2 code", 1),
        ("t.csv:2: 1 row has a type that is no GeoNames class", 1),
        ("t.csv:4: 1 row has the id of an earlier row", 1),
        ("Remarks", 1),
    ] {
        assert_eq!(told.matches(remark).count(), times, "{remark} in {told}");
    }
    assert!(lookup(folder.path(), &["Tell Asad"]).starts_with("Tell Asad\t\t\t"), "a type that is none is left out");
}

#[test]
fn the_first_bad_row_is_the_first() {
    let folder = tempfile::tempdir().expect("a folder");
    let bad = |lines: usize| format!("name,lat,lon\nA,1,1\n{}", "B,x,1\n".repeat(lines));
    let none = "name,lat,lon\nC,north,1\nD,south,1\nE,east,1\n";
    let files = [("a.csv", bad(9)), ("b.csv", none.to_owned())];
    let files: Vec<(&str, &[u8])> = files.iter().map(|(name, text)| (*name, text.as_bytes())).collect();
    let built = build(folder.path(), &files, &[]).code(1);
    built.stderr(contains("b.csv: no row could be read; the first is line 2: lat is \"north\""));
}

#[test]
fn what_cannot_be_used_is_named_with_line_and_way_out() {
    let deflated = streamed_zip(&[("SD.txt", SD.repeat(2000).as_bytes())]);
    let inner = streamed_zip(&[("SD.zip", &deflated)]);
    let quote: String = (0..400).map(|n| format!("Place {n},1,2\n")).collect();
    let late =
        [b"name,lat,lon\n".to_vec(), "Zürich,47,8\n".repeat(9).into_bytes(), b"Gen\xe8ve,46,6\n".to_vec()].concat();
    for (file, bytes, options, told) in [
        ("empty.zip", vec![], &[][..], &["empty.zip", "0 bytes", "download"][..]),
        ("empty.csv", b"\n\n".to_vec(), &[], &["empty.csv", "it is empty"]),
        ("error.zip", b"<html><title>404</title>".to_vec(), &[], &["error.zip", "<html>", "download it again"]),
        ("page.csv", b"<!DOCTYPE html>\n<p>Sign in".to_vec(), &[], &["page.csv", "line 1", "web page"]),
        ("cut.zip", deflated[..deflated.len() / 2].to_vec(), &[], &["cut.zip", "cut short", "download it again"]),
        ("cut.csv.gz", gzipped(quote.as_bytes())[..200].to_vec(), &[], &["cut.csv.gz", "cut short"]),
        ("outer.zip", inner, &[], &["outer.zip", "another archive, SD.zip", "unpack it"]),
        ("two.zip", streamed_zip(&[("a.csv", b"x"), ("b.csv", b"x")]), &[], &["two.zip", "a.csv, b.csv"]),
        ("sheet.xlsx", streamed_zip(&[("xl/workbook.xml", b"<x/>")]), &[], &["sheet.xlsx", "Excel", "CSV"]),
        ("one.csv", b"name lat lon\nHoms 34 36\n".to_vec(), &[], &["one.csv:1:", "one column", "commas"]),
        (
            "twice.csv",
            b"name,lat,lon,lat\nA,1,2,3\n".to_vec(),
            &[],
            &["twice.csv:1:", "two columns are headed \"lat\""],
        ),
        (
            "map.csv",
            b"a,b,c\nA,1,2\n".to_vec(),
            &["--columns", "name=a,lat=b,lon=b"],
            &["lon=b", "lat=b", "one column"],
        ),
        (
            "gone.csv",
            b"name,lat,lon\nA,1,2\n".to_vec(),
            &["--columns", "name=Ort"],
            &["gone.csv:1:", "no column \"Ort\"", "--columns name="],
        ),
        ("utm.csv", b"name,lat,lon\nA,4330000,413600\n".to_vec(), &[], &["utm.csv", "line 2", "EPSG:4326"]),
        ("dms.csv", b"name,lat,lon\nA,36\xc2\xb012'N,37\n".to_vec(), &[], &["dms.csv", "line 2", "decimal degrees"]),
        (
            "open.csv",
            [b"name,lat,lon\n\"A,1,2\n".to_vec(), quote.into_bytes()].concat(),
            &[],
            &["open.csv", "line 2", "quotation mark", "close"],
        ),
        (
            "comma.csv",
            b"name,lat,lon\nA,36,2,37,1\n".to_vec(),
            &[],
            &["comma.csv", "line 2", "5 columns", "quote values"],
        ),
        ("odd.csv", b"name,lat,lon\nA,1,2\n".to_vec(), &["--encoding", "latin-99"], &["latin-99", "windows-1252"]),
    ] {
        let folder = tempfile::tempdir().expect("a folder");
        let built = build(folder.path(), &[(file, &bytes)], options);
        let output = built.get_output();
        let message = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(!output.status.success(), "{file} is taken: {message}");
        for word in told {
            assert!(message.contains(word), "{file}: {message:?} does not tell {word:?}");
        }
        assert!(!folder.path().join("out.toponym").exists(), "{file}");
    }
    let folder = tempfile::tempdir().expect("a folder");
    let built = build(folder.path(), &[("late.csv", &late)], &[]).success();
    built.stderr(contains("late.csv:11:").and(contains("--encoding")));
}

#[cfg(unix)]
#[test]
fn a_full_disk_is_told_and_leaves_nothing() {
    let folder = tempfile::tempdir().expect("a folder");
    let rows: String = (0..4000).map(|n| format!("Place number {n},1,2\n")).collect();
    std::fs::write(folder.path().join("t.csv"), format!("name,lat,lon\n{rows}")).expect("written");
    // Files may not grow beyond 16 KiB, which ends a write as a full disk does.
    let program = assert_cmd::cargo::cargo_bin("toponym");
    let script = format!("trap '' XFSZ; ulimit -f 16; exec {} gazetteer build t.csv -o out.toponym", program.display());
    let run = std::process::Command::new("sh").current_dir(&folder).args(["-c", &script]).output().expect("runs");
    let told = String::from_utf8_lossy(&run.stderr);
    assert_eq!(run.status.code(), Some(1), "{told}");
    assert!(told.contains("out.toponym") && told.contains("TMPDIR"), "{told}");
    let left: Vec<_> = std::fs::read_dir(&folder).expect("listed").map(|e| e.expect("a file").file_name()).collect();
    assert_eq!(left, ["t.csv"]);
}
