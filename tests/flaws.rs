//! Sources that are not quite what they should be: all of them is read, and what is amiss is told.

use crate::support::toponym;
use serde_json::Value;

/// The documents of a file, and standard error.
fn tag(name: &str, content: &[u8], arguments: &[&str]) -> (Vec<Value>, String) {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join(name), content).expect("written");
    let mut command = toponym();
    command.current_dir(&folder).args(["tag", name, "--format", "jsonl", "--keep-text"]).args(arguments);
    let output = command.output().expect("runs");
    let lines = String::from_utf8(output.stdout).expect("UTF-8");
    let documents = lines.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    (documents, String::from_utf8(output.stderr).expect("UTF-8"))
}

#[test]
fn every_item_of_a_flawed_feed_is_there_and_the_flaw_is_named() {
    let item = |text: &[u8]| [b"<item><title>Rain</title><description>", text, b"</description></item>"].concat();
    let flaws: [(&[u8], &str); 5] = [
        (b"Ulm & Homs", "a bare & should be &amp;"),
        (b"Ulm<br>Homs", "<br> is not closed"),
        (b"5 < 6 in Homs", "a bare < should be &lt;"),
        (b"Z\xc3\xbcrich \xff Homs", "U+FFFD"),
        (b"Ulm&nbsp;&eacute; Homs", "&nbsp; is no entity of XML"),
    ];
    for (text, flaw) in flaws {
        let good = item(b"It rained in Hama.");
        let feed =
            [b"<rss version='2.0'><channel><title>P</title>", &good[..], &item(text), &good, b"</channel></rss>"];
        let (documents, told) = tag("f.xml", &feed.concat(), &[]);
        assert_eq!(documents.len(), 3, "{flaw}: {told}");
        assert!(documents[1]["text"].as_str().is_some_and(|text| text.contains("Homs")), "{:#}", documents[1]);
        assert!(told.contains("warning: f.xml:2: ") && told.contains(flaw), "{flaw}: {told}");
        assert_eq!(tag("f.xml", &feed.concat(), &["--quiet"]).1, "");
    }
}

#[test]
fn tables_tell_what_they_leave_out_and_rows_behind_an_open_quote_live() {
    let table =
        b"id,text\n1,It rained in Homs,and Hama\n2,\"It rained in Ulm\n3,It rained in Hama\n4,\"It rained\nin Bonn\"\n";
    let (documents, told) = tag("t.csv", table, &[]);
    let ids: Vec<_> = documents.iter().map(|document| document["id"].as_str().unwrap_or("")).collect();
    assert_eq!(ids, ["1", "3", "4"], "{told}");
    assert!(told.contains("warning: t.csv:2: ") && told.contains("and Hama"), "{told}");
    assert!(told.contains("t.csv:3: ") && told.contains("not closed"), "{told}");
}

#[test]
fn arrays_of_documents_are_read() {
    let array = br#"[{"id": "a", "text": "In Homs."},
                     {"id": "b", "text": "In Hama."}]"#;
    for name in ["a.json", "a.jsonl"] {
        let (documents, told) = tag(name, array, &[]);
        assert_eq!((documents.len(), told.as_str()), (2, ""), "{name}");
    }
    let (one, _) = tag("a.json", b"{\n  \"id\": \"a\",\n  \"text\": \"In Homs.\"\n}\n", &[]);
    assert_eq!(one[0]["id"], "a");
}

#[test]
fn one_bad_byte_leaves_the_rest_of_a_short_file_alone() {
    let (documents, told) = tag("a.txt", b"In Z\xc3\xbcrich and Gen\xff\xc3\xa8ve.", &[]);
    assert_eq!(documents[0]["text"], "In Zürich and Gen\u{fffd}ève.");
    assert!(told.contains("warning: a.txt: holds bytes that mean nothing"), "{told}");
}

#[test]
fn mails_of_east_asia_are_read_in_their_character_sets() {
    let body = b"\x93\x8c\x8b\x9e\x82\xc5\x89\x4a\x82\xaa\x8d\x7e\x82\xc1\x82\xbd\x81\x42";
    let head = "Subject: =?ISO-2022-JP?B?GyRCRWw1fhsoQg==?=\r\nContent-Type: text/plain; charset=Shift_JIS\r\n\r\n";
    let (documents, told) = tag("a.eml", &[head.as_bytes(), body].concat(), &[]);
    assert_eq!(
        (&documents[0]["title"], &documents[0]["text"]),
        (&"東京".into(), &"東京で雨が降った。".into()),
        "{told}"
    );
}
