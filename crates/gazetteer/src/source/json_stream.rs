//! The objects of a JSON text, one at a time: features of a collection, objects of a list, objects one after another.

use crate::GazetteerError;
use serde::de::{DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Value};
use std::cell::Cell;
use std::fmt;
use std::io::{BufRead, BufReader, Read};
use std::path::Path;

/// What takes an object and the line on which it begins, or what is wrong there.
type Take<'t> = &'t mut dyn FnMut(u64, Result<Map<String, Value>, String>) -> Result<(), GazetteerError>;

/// Whether a text that begins so has an object a line.
pub fn is_lines(head: &str) -> bool {
    let mut lines = head.lines().map(unmarked).filter(|line| !line.is_empty());
    let (first, second) = (lines.next().unwrap_or_default(), lines.next());
    let whole = || matches!(serde_json::from_str(first), Ok(Value::Object(object)) if !object.contains_key("features"));
    second.is_some_and(|second| second.starts_with('{')) && first.starts_with('{') && whole()
}

/// A line without the record separator of a GeoJSON text sequence (RFC 8142).
fn unmarked(line: &str) -> &str {
    line.trim_matches(|c: char| c == '\u{1e}' || c.is_whitespace())
}

/// Calls `take` with the object of each line.
///
/// # Errors
/// When the text cannot be read; those of `take`.
pub fn for_each_line(
    input: &mut dyn Read,
    path: &Path,
    mut take: impl FnMut(u64, Result<Map<String, Value>, String>) -> Result<(), GazetteerError>,
) -> Result<(), GazetteerError> {
    let mut input = BufReader::with_capacity(1 << 16, input);
    let mut bytes = Vec::new();
    for number in 1.. {
        bytes.clear();
        let read = input.read_until(b'\n', &mut bytes);
        if read.map_err(|source| GazetteerError::Read { path: path.to_owned(), source })? == 0 {
            break;
        }
        let line = String::from_utf8_lossy(&bytes);
        let line = unmarked(&line);
        if !line.is_empty() {
            take(number, serde_json::from_str(line).map_err(|e| format!("{e}; a line is one JSON object")))?;
        }
    }
    Ok(())
}

/// Calls `take` with each object of a text: the features of a collection, the objects of a list, and objects that
/// stand by themselves. What follows a mistake in the syntax cannot be read.
///
/// # Errors
/// Those of `take`.
pub fn for_each_object(
    input: &mut dyn Read,
    mut take: impl FnMut(u64, Result<Map<String, Value>, String>) -> Result<(), GazetteerError>,
) -> Result<(), GazetteerError> {
    let line = Cell::new(1);
    let mut reader = Lines { input: BufReader::with_capacity(1 << 16, input), line: &line };
    let mut failed = None;
    loop {
        match skip_space(&mut reader) {
            Ok(true) => {}
            Ok(false) => return Ok(()),
            Err(e) => return take(line.get(), Err(e.to_string())),
        }
        let mut deserializer = serde_json::Deserializer::from_reader(&mut reader);
        let objects = Objects { line: &line, take: &mut take, failed: &mut failed, is_top: true };
        let read = objects.deserialize(&mut deserializer);
        if let Some(error) = failed {
            return Err(error);
        }
        if let Err(e) = read {
            let reason = format!("the text is not JSON ({e}); what follows is not read");
            return take(line.get(), Err(reason));
        }
    }
}

/// A reader that counts the lines that have been read. The parser reads it byte by byte.
struct Lines<'l, R> {
    input: R,
    line: &'l Cell<u64>,
}

impl<R: BufRead> Read for Lines<'_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let count = self.input.read(buffer)?;
        let ended = buffer[..count].iter().filter(|&&byte| byte == b'\n').count();
        self.line.set(self.line.get() + ended as u64);
        Ok(count)
    }
}

/// Reads on to the next object; `false` at the end.
fn skip_space<R: BufRead>(reader: &mut Lines<'_, R>) -> std::io::Result<bool> {
    loop {
        let buffer = reader.input.fill_buf()?;
        let Some(&first) = buffer.first() else { return Ok(false) };
        if !first.is_ascii_whitespace() && first != 0x1e {
            return Ok(true);
        }
        reader.line.set(reader.line.get() + u64::from(first == b'\n'));
        reader.input.consume(1);
    }
}

/// Reads one value and passes on the objects in it.
struct Objects<'a, 't> {
    line: &'a Cell<u64>,
    take: Take<'t>,
    failed: &'a mut Option<GazetteerError>,
    /// Whether it may be a collection or a list rather than one of their objects.
    is_top: bool,
}

impl Objects<'_, '_> {
    /// The seed of an object of a collection or a list.
    fn inner(&mut self) -> Objects<'_, '_> {
        Objects { line: self.line, take: &mut *self.take, failed: &mut *self.failed, is_top: false }
    }
}

impl<'de> DeserializeSeed<'de> for Objects<'_, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Objects<'_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON object")
    }

    fn visit_map<A: MapAccess<'de>>(mut self, mut map: A) -> Result<(), A::Error> {
        let line = self.line.get();
        let (mut object, mut is_collection) = (Map::new(), false);
        while let Some(key) = map.next_key::<String>()? {
            if self.is_top && key == "features" {
                is_collection = true;
                map.next_value_seed(List(self.inner()))?;
            } else {
                object.insert(key, map.next_value()?);
            }
        }
        if is_collection {
            return Ok(());
        }
        (self.take)(line, Ok(object)).map_err(|error| {
            *self.failed = Some(error);
            serde::de::Error::custom("stopped")
        })
    }

    fn visit_seq<A: SeqAccess<'de>>(mut self, mut list: A) -> Result<(), A::Error> {
        if !self.is_top {
            return Err(serde::de::Error::invalid_type(serde::de::Unexpected::Seq, &self));
        }
        while list.next_element_seed(self.inner())?.is_some() {}
        Ok(())
    }
}

/// Reads a list of objects.
struct List<'a, 't>(Objects<'a, 't>);

impl<'de> DeserializeSeed<'de> for List<'_, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_seq(Objects { is_top: true, ..self.0 })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The line and the `n` of each object, or what is wrong.
    fn objects(text: &str) -> Vec<Result<(u64, i64), u64>> {
        let mut found = Vec::new();
        let take = |line: u64, object: Result<Map<String, Value>, String>| {
            found.push(object.map(|object| (line, object["n"].as_i64().unwrap_or(-1))).map_err(|_| line));
            Ok(())
        };
        let path = Path::new("t.geojson");
        let mut input = text.as_bytes();
        let read =
            if is_lines(text) { for_each_line(&mut input, path, take) } else { for_each_object(&mut input, take) };
        read.expect("read");
        found
    }

    #[test]
    fn objects_are_found_wherever_they_stand() {
        for (text, lines) in [
            ("{\"type\":\"FeatureCollection\",\n\"features\":[\n{\"n\":0},\n {\"n\":1}],\"x\":1}", &[3, 4][..]),
            ("{\"n\":0}", &[1]),
            ("{\n\"n\":0}\n{\"n\":1}\n", &[1, 3]),
            ("{\"n\":0}\n\n{\"n\":1}\n{\"n\":2}", &[1, 3, 4]),
            ("\u{1e}{\"n\":0}\n\u{1e}{\"n\":1}\n", &[1, 2]),
            ("[{\"n\":0},{\"n\":1}]", &[1, 1]),
            ("{\"features\":[]}", &[]),
        ] {
            let wanted: Vec<_> = lines.iter().zip(0..).map(|(&line, n)| Ok((line, n))).collect();
            assert_eq!(objects(text), wanted, "{text}");
        }
    }

    #[test]
    fn mistakes_are_told_with_their_lines() {
        assert_eq!(objects("{\"n\":0}\n{\"n\"\n{\"n\":2}\n"), [Ok((1, 0)), Err(2), Ok((3, 2))], "a line costs a line");
        assert_eq!(objects("{\"features\":[\n{\"n\":0},\n{\"n\":}]}"), [Ok((2, 0)), Err(3)]);
        assert_eq!(objects("{\"features\":[{\"n\":0}"), [Ok((1, 0)), Err(1)], "cut short");
        assert_eq!(objects("\n12"), [Err(2)]);
    }
}
