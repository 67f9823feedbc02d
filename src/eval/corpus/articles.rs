//! Corpora in XML: `<article>`s with a `<text>` and annotations.
//!
//! LGL (Lieberman et al., 2010) and TR-News (Kamalloo and Rafiei, 2018) have `<toponym>`s with a `<gaztag>`; GeoWebNews
//! (Gritta et al., 2019) `<toponym>`s with `<extractedName>`, `<type>` and `<geonamesID>`; GeoVirus (Gritta et al., 2018)
//! `<location>`s. The other elements of an article, such as its `<title>` and the publisher's `<domain>`, become its metadata.

use super::{CorpusError, Read, push};
use crate::document::{Document, Meta};
use crate::eval::gold::{Annotation, GoldDocument};
use roxmltree::Node;

/// Reads the articles of a file.
pub fn read(text: &str, path: &str, corpus: &str) -> Read {
    let failed = |reason: String| (Vec::new(), vec![CorpusError::Xml { path: path.to_owned(), reason }]);
    let parsed = match roxmltree::Document::parse(text) {
        Ok(parsed) => parsed,
        Err(error) => return failed(error.to_string()),
    };
    let mut read = Read::default();
    let articles = parsed.descendants().filter(|node| node.has_tag_name("article"));
    for (article, number) in articles.zip(1..) {
        let id = article.attribute("docid").map_or_else(|| number.to_string(), str::to_owned);
        let Some(text) = child(article, &["text"]) else {
            read.1.push(CorpusError::Xml { path: path.to_owned(), reason: format!("article {id} has no <text>") });
            continue;
        };
        let marked = article.descendants().filter(|node| node.has_tag_name("toponym") || node.has_tag_name("location"));
        let annotations = marked.map(annotation).collect();
        push(&mut read, GoldDocument::new(corpus, Document::titled(id, content(text), meta(article)), annotations));
    }
    if read.0.is_empty() && read.1.is_empty() {
        return failed("it has no <article>".to_owned());
    }
    read
}

/// The metadata of an article.
fn meta(article: Node<'_, '_>) -> Meta {
    let elements = article.children().filter(Node::is_element);
    let plain =
        elements.filter(|element| !element.children().any(|child| child.is_element()) && !element.has_tag_name("text"));
    let members = plain.map(|element| {
        let name = match element.tag_name().name() {
            // GeoVirus: the article's address.
            "source" => "url",
            name => name,
        };
        (name.to_owned(), content(element).trim().into())
    });
    Meta::from(members.collect::<serde_json::Map<_, _>>())
}

fn annotation(node: Node<'_, '_>) -> Annotation {
    let field = |node: Node<'_, '_>, names: &[&str]| {
        let text = child(node, names).map(content)?;
        Some(text.trim().to_owned()).filter(|text| !text.is_empty())
    };
    // LGL and TR-News have the place in an element of its own.
    let tagged = child(node, &["gaztag"]);
    let place = tagged.unwrap_or(node);
    let number = |names: &[&str]| field(place, names).and_then(|text| text.parse::<f64>().ok());
    let offset = |name: &str| field(node, &[name]).and_then(|text| text.parse().ok()).unwrap_or(usize::MAX);
    let id = tagged.and_then(|tag| tag.attribute("geonameid")).map(str::to_owned);
    Annotation {
        start: offset("start"),
        end: offset("end"),
        name: field(node, &["phrase", "extractedName", "name"]),
        lat: number(&["lat", "latitude"]),
        lon: number(&["lon", "longitude"]),
        geonameid: id.or_else(|| field(node, &["geonamesID"])).and_then(|id| id.parse().ok()),
        fclass: field(place, &["fclass"]),
        fcode: field(place, &["fcode"]),
        label: field(node, &["type"]),
    }
}

/// The first child element with one of these names.
fn child<'a, 'i>(node: Node<'a, 'i>, names: &[&str]) -> Option<Node<'a, 'i>> {
    node.children().find(|child| names.contains(&child.tag_name().name()))
}

/// All text in an element; a CDATA section may be split into several nodes.
fn content(node: Node<'_, '_>) -> String {
    node.descendants().filter(Node::is_text).filter_map(|text| text.text()).collect()
}

#[cfg(test)]
mod tests {
    use super::read;

    #[test]
    fn lgl_and_tr_news() {
        let xml = r#"<?xml version="1.0" encoding="utf-8"?>
<articles><article docid="40450848"><title>Fire</title><domain>thetowntalk.com</domain>
<text><![CDATA[Alexandria & Memphis St.]]></text>
<toponyms count="2"><toponym><start>0</start><end>10</end><phrase>Alexandria</phrase>
<gaztag geonameid="4314550"><name>Alexandria</name><fclass>P</fclass><fcode>PPL</fcode><lat>31.3113</lat><lon>-92.4451</lon>
<country geonameid="6252001">United States</country></gaztag></toponym>
<toponym><start>13</start><end>24</end><phrase>Memphis St.</phrase></toponym></toponyms></article></articles>"#;
        let (documents, errors) = read(xml, "lgl.xml", "lgl");
        assert!(errors.is_empty());
        let [first, second] = &documents[0].toponyms[..] else { panic!("two toponyms") };
        assert_eq!(
            (first.geoname, first.point, first.feature.as_str()),
            (Some(4314550), Some((31.3113, -92.4451)), "P.PPL")
        );
        assert_eq!((second.text.as_str(), second.point), ("Memphis St.", None));
        let document = &documents[0].document;
        assert_eq!((document.id.as_str(), document.title_before()), ("40450848", Some("Fire")));
        assert_eq!(document.meta.domain.as_deref(), Some("thetowntalk.com"), "the resolver uses the publisher");
    }

    #[test]
    fn geovirus_counts_from_1() {
        let xml = "<articles><article><source>https://news.example/pandi</source><text>Pandi, Bulacan</text><locations><location><name>Bulacan</name>\
            <start>8</start><end>15</end><lat>15</lat><lon>121.08</lon><page>p</page></location></locations></article></articles>";
        let (documents, _) = read(xml, "GeoVirus.xml", "GeoVirus");
        assert_eq!(
            (documents[0].toponyms[0].span.clone(), documents[0].toponyms[0].point),
            (7..14, Some((15.0, 121.08)))
        );
        assert_eq!(documents[0].document.meta.domain.as_deref(), Some("news.example"));
    }

    #[test]
    fn geowebnews() {
        let xml = "<articles><!--GeoWebNews--><article><text>Irish citizens</text><toponyms><toponym>\
            <extractedName>Irish</extractedName><normalisedName>Ireland</normalisedName><type>Non_Literal_Modifier</type>\
            <modifierType>Adjective</modifierType><nonLocational>No</nonLocational><start>0</start><end>5</end>\
            <geonamesID>2963597</geonamesID><latitude>53.0</latitude><longitude>-8.0</longitude></toponym><toponym>\
            <extractedName>citizens</extractedName><normalisedName/><type>Non_Lit_Expression</type><start>6</start><end>14</end>\
            </toponym></toponyms></article></articles>";
        let (documents, errors) = read(xml, "GWN.xml", "GWN");
        let [irish] = &documents[0].toponyms[..] else { panic!("one place: {:?} {errors:?}", documents[0]) };
        assert_eq!((irish.geoname, irish.point), (Some(2963597), Some((53.0, -8.0))));
    }

    #[test]
    fn damage_is_named() {
        for (xml, message) in [("<articles>", "cannot be read"), ("<a/>", "no <article>"), ("<article/>", "no <text>")]
        {
            let (documents, errors) = read(xml, "c.xml", "c");
            assert!(documents.is_empty() && errors[0].to_string().contains(message), "{}", errors[0]);
        }
    }
}
