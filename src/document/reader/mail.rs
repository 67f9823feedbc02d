//! Mails: RFC 5322 with MIME.
//!
//! `mail-parser` makes a tree of all parts of a mail, and a mail with thousands of mails in each other overflows the stack when the
//! tree is freed. So the part with the text is looked for here, down to a depth that no mail has, and only that part is parsed.

use crate::document::{Document, DocumentError, Meta, decode, iso_date};
use mail_parser::{Message, MessageParser, MimeHeaders};

/// The deepest nesting of parts that is looked into.
const MOST_DEPTH: usize = 32;

/// Reads a mail: its first text, with the subject as title. Attachments are left out, but for a mail in a mail without a text of
/// its own.
pub fn document(bytes: &[u8], name: &str) -> Result<Document, DocumentError> {
    let damaged = |reason: String| DocumentError::Damaged {
        path: name.to_owned(),
        what: "a mail",
        reason,
        way_out: "say with --input what it is, or save its text",
    };
    let mail = headers(bytes).ok_or_else(|| damaged("it has no header".to_owned()))?;
    let sender = mail.from().and_then(|from| from.first());
    let meta = Meta {
        title: mail.subject().map(str::to_owned),
        date: mail.date().and_then(|date| iso_date(&date.to_rfc3339())),
        author: sender.and_then(|sender| sender.name().or(sender.address())).map(str::to_owned),
        ..Meta::default()
    };
    let part = match text_part(bytes, false, 0) {
        Ok(None) => text_part(bytes, true, 0),
        found => found,
    };
    let part = part.map_err(|TooDeep| damaged(format!("its parts are nested deeper than {MOST_DEPTH}")))?;
    let text = part.map_or_else(String::new, text);
    Ok(Document::titled(name, text.replace("\r\n", "\n"), meta))
}

struct TooDeep;

/// The headers of a mail or of a part.
fn headers(bytes: &[u8]) -> Option<Message<'_>> {
    MessageParser::default().parse_headers(bytes).filter(|part| !part.headers().is_empty())
}

/// What a part holds behind its headers.
fn body(bytes: &[u8]) -> &[u8] {
    let mut at = 0;
    for line in bytes.split_inclusive(|&byte| byte == b'\n') {
        at += line.len();
        if line.trim_ascii().is_empty() {
            break;
        }
    }
    &bytes[at..]
}

/// The part of a mail with its text, plain rather than HTML where it has both; also that of a mail in it, if `in_mails`.
fn text_part(bytes: &[u8], in_mails: bool, depth: usize) -> Result<Option<&[u8]>, TooDeep> {
    if depth > MOST_DEPTH {
        return Err(TooDeep);
    }
    let Some(part) = headers(bytes) else {
        // Without headers it is plain text and begins with an empty line.
        return Ok(Some(bytes).filter(|bytes| depth > 0 && !bytes.trim_ascii().is_empty()));
    };
    let is_attachment = part.content_disposition().is_some_and(|disposition| disposition.is_attachment());
    let kind = part.content_type();
    let subtype = kind.and_then(|kind| kind.subtype()).unwrap_or_default().to_ascii_lowercase();
    match kind.map_or_else(|| "text".to_owned(), |kind| kind.ctype().to_ascii_lowercase()).as_str() {
        "multipart" => {
            let Some(boundary) = kind.and_then(|kind| kind.attribute("boundary")) else { return Ok(Some(bytes)) };
            let mut html = None;
            for inner in parts(body(bytes), boundary.as_bytes()) {
                // The parts of a digest are mails without a word.
                let found = match (subtype == "digest" && headers(inner).is_none(), in_mails) {
                    (true, true) => text_part(body(inner), in_mails, depth + 1)?,
                    (true, false) => None,
                    (false, _) => text_part(inner, in_mails, depth + 1)?,
                };
                match found {
                    // Beside a plain text of the same it is not needed; in other mails the first is the text.
                    Some(found) if subtype == "alternative" && is_html(found) => html = html.or(Some(found)),
                    Some(found) => return Ok(Some(found)),
                    None => {}
                }
            }
            Ok(html)
        }
        "message" if in_mails && matches!(subtype.as_str(), "rfc822" | "global") => {
            text_part(body(bytes), in_mails, depth + 1)
        }
        "text" if !is_attachment || depth == 0 => Ok(Some(bytes)),
        _ => Ok(None),
    }
}

fn is_html(part: &[u8]) -> bool {
    let kind = headers(part);
    kind.as_ref().and_then(|part| part.content_type()?.subtype()).is_some_and(|kind| kind.eq_ignore_ascii_case("html"))
}

/// The parts between the boundaries of a multipart body.
fn parts<'b>(body: &'b [u8], boundary: &[u8]) -> Vec<&'b [u8]> {
    let (mut parts, mut begin, mut at) = (Vec::new(), None, 0);
    for line in body.split_inclusive(|&byte| byte == b'\n') {
        let behind = line.strip_prefix(b"--").and_then(|line| line.strip_prefix(boundary));
        if let Some(behind) = behind.filter(|behind| matches!(behind.trim_ascii(), b"" | b"--")) {
            parts.extend(begin.map(|begin: usize| &body[begin..at]));
            begin = (behind.trim_ascii() != b"--").then_some(at + line.len());
            if begin.is_none() {
                return parts;
            }
        }
        at += line.len();
    }
    // The last boundary is missing where a mail is cut off.
    parts.extend(begin.map(|begin| &body[begin..]));
    parts
}

/// The text of a part that is one.
fn text(part: &[u8]) -> String {
    let head = headers(part);
    let kind = head.as_ref().and_then(|part| part.content_type());
    let is_leaf = kind.is_none_or(|kind| kind.ctype().eq_ignore_ascii_case("text"));
    let packed = head.as_ref().and_then(|part| part.content_transfer_encoding());
    let packed =
        packed.is_some_and(|how| ["base64", "quoted-printable"].iter().any(|known| how.eq_ignore_ascii_case(known)));
    let declared = packed || kind.and_then(|kind| kind.attribute("charset")).is_some();
    let parsed = is_leaf.then(|| MessageParser::default().parse(part)).flatten();
    match parsed.as_ref().and_then(|part| part.body_text(0)) {
        // Without a character set it is what it looks like.
        Some(text) if !declared && text.contains(char::REPLACEMENT_CHARACTER) => decode(body(part)).into_owned(),
        Some(text) => text.into_owned(),
        None => decode(body(part)).into_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::document;

    #[test]
    fn subject_date_sender_and_body() {
        let mail = "From: Ann Smith <ann@paper.example>\r\nSubject: =?utf-8?q?Rain_in_Z=C3=BCrich?=\r\n\
                    Date: Sat, 4 Jun 2016 12:11:05 +0200\r\nContent-Type: text/html; charset=iso-8859-1\r\n\
                    Content-Transfer-Encoding: quoted-printable\r\n\r\n<p>It rained in Gen=E8ve.</p>\r\n";
        let read = document(mail.as_bytes(), "m.eml").expect("a mail");
        assert_eq!((read.title_before(), read.text_proper().trim()), (Some("Rain in Zürich"), "It rained in Genève."));
        assert_eq!(read.meta.date.as_deref(), Some("2016-06-04T12:11:05+02:00"));
        assert_eq!(read.meta.author.as_deref(), Some("Ann Smith"));
        assert!(document(b"\r\n", "m.eml").is_err());
    }

    #[test]
    fn subjects_and_bodies_in_the_character_sets_of_mails() {
        use base64::Engine;
        for (label, text) in [
            ("gb2312", "北京今天下雨"),
            ("gbk", "北京今天下雨"),
            ("gb18030", "北京今天下雨"),
            ("big5", "臺北今天下雨"),
            ("euc-kr", "서울에 비가 왔다"),
            ("ks_c_5601-1987", "서울에 비가 왔다"),
            ("shift_jis", "東京で雨が降った"),
            ("iso-2022-jp", "東京で雨が降った"),
            ("euc-jp", "東京で雨が降った"),
            ("koi8-r", "В Москве шёл дождь"),
            ("koi8-u", "У Києві йшов дощ"),
            ("windows-1251", "В Москве шёл дождь"),
            ("windows-1256", "أمطار في مدينة حلب"),
            ("windows-1255", "גשם בירושלים"),
            ("iso-8859-7", "Βροχή στην Αθήνα"),
            ("windows-874", "ฝนตกในกรุงเทพ"),
            ("windows-1258", "Mưa ở Hà Nội"),
        ] {
            let encoding = encoding_rs::Encoding::for_label(label.as_bytes()).expect("a label of the web");
            let (bytes, _, lossy) = encoding.encode(text);
            let text = if lossy { "Mua" } else { text };
            let bytes = if lossy { text.as_bytes() } else { &bytes };
            let packed = base64::engine::general_purpose::STANDARD.encode(bytes);
            for (transfer, body) in [("base64", packed.as_bytes()), ("8bit", bytes)] {
                let head = format!(
                    "Subject: =?{label}?B?{packed}?=\r\nContent-Type: text/plain; charset={label}\r\n\
                     Content-Transfer-Encoding: {transfer}\r\n\r\n"
                );
                let mail = [head.as_bytes(), body, b"\r\n"].concat();
                let read = document(&mail, "m.eml").expect("a mail");
                assert_eq!(read.meta.title.as_deref(), Some(text), "{label}");
                assert_eq!(read.text_proper().trim(), text, "{label}, {transfer}");
            }
        }
    }

    #[test]
    fn the_text_is_found_in_parts_of_parts() {
        let part = |kind: &str, body: &str| format!("Content-Type: {kind}\r\n\r\n{body}\r\n");
        let many = |kind: &str, boundary: &str, parts: &[String]| {
            let parts: String = parts.iter().map(|part| format!("--{boundary}\r\n{part}\r\n")).collect();
            part(
                &format!("multipart/{kind}; boundary=\"{boundary}\""),
                &format!("preamble\r\n{parts}--{boundary}--\r\nepilogue"),
            )
        };
        let (plain, html) =
            (part("text/plain", "In Homs."), part("text/html; charset=utf-8", "<p>In <b>Hama</b>.</p>"));
        let inner = part("message/rfc822", &format!("Subject: inner\r\n{}", part("text/plain", "In Ulm.")));
        for (mail, text) in [
            (many("alternative", "x", &[html.clone(), plain.clone()]), "In Homs."),
            (many("mixed", "a", &[many("alternative", "a1", std::slice::from_ref(&html)), plain.clone()]), "In Hama."),
            (many("related", "y=1", &[html.clone(), part("image/png", "x")]), "In Hama."),
            (many("mixed", "z", &[inner.clone(), plain.clone()]), "In Homs."),
            (many("mixed", "z", &[part("application/pdf", "x"), inner.clone()]), "In Ulm."),
            (many("mixed", "z", &["\r\nIn Bonn.\r\n".to_owned()]), "In Bonn."),
            (many("mixed", "z", std::slice::from_ref(&plain)).replace("--z--", ""), "In Homs."),
        ] {
            let mail = format!("Subject: outer\r\n{mail}");
            let read = document(mail.as_bytes(), "m.eml").expect("a mail");
            assert!(read.text_proper().trim().starts_with(text), "{mail}\n->\n{}", read.text_proper());
            assert_eq!(read.meta.title.as_deref(), Some("outer"));
        }
    }

    #[test]
    fn mails_in_mails_without_end_are_refused() {
        let nested = "Content-Type: message/rfc822\r\n\r\n".repeat(32_700) + "Subject: x\r\n\r\nHoms";
        let read = document(format!("Subject: a\r\n{nested}").as_bytes(), "m.eml");
        assert!(read.is_err_and(|error| error.to_string().contains("deeper than 32")));
    }
}
