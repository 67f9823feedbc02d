//! Mails: RFC 5322 with MIME.

use crate::document::{Document, DocumentError, Meta, iso_date};
use mail_parser::MessageParser;

/// Reads a mail: its first body, with the subject as title. Attachments are left out.
pub fn document(bytes: &[u8], name: &str) -> Result<Document, DocumentError> {
    let mail = MessageParser::default().parse(bytes).filter(|mail| !mail.headers().is_empty());
    let mail = mail.ok_or_else(|| DocumentError::Damaged {
        path: name.to_owned(),
        what: "a mail",
        reason: "it has no header".to_owned(),
        way_out: "say with --input what it is",
    })?;
    let sender = mail.from().and_then(|from| from.first());
    let meta = Meta {
        title: mail.subject().map(str::to_owned),
        date: mail.date().and_then(|date| iso_date(&date.to_rfc3339())),
        author: sender.and_then(|sender| sender.name().or(sender.address())).map(str::to_owned),
        ..Meta::default()
    };
    let text = mail.body_text(0).unwrap_or_default();
    Ok(Document::titled(name, text.replace("\r\n", "\n"), meta))
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
}
