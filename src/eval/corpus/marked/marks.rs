//! The marks of a marked text: `[TEXT]{kind}` and `[TEXT]{kind KEY}`.

use super::Problem;
use crate::eval::gold_name::GoldKind;
use std::ops::Range;

/// A text without its marks, and the marks.
pub struct Marks {
    /// The text.
    pub text: String,
    /// In the order of the text, a mark before those inside it.
    pub marks: Vec<Mark>,
}

/// A marked name.
pub struct Mark {
    /// Its span in the text, in code points.
    pub span: Range<usize>,
    /// Its text.
    pub text: String,
    /// What it is the name of.
    pub kind: GoldKind,
    /// The key of its row in the table of places, if it is not its text.
    pub key: Option<String>,
    /// The line of the file in which it ends, from 1.
    pub line: usize,
}

/// A mark inside a mark is the deepest.
const DEEPEST: usize = 2;

/// A bracket that is not closed yet.
struct Open {
    /// Code points of the text before it.
    start: usize,
    /// Bytes of the text before it.
    bytes: usize,
    line: usize,
}

impl Marks {
    /// Parses the text of a file that begins at line `first_line`.
    pub fn parse(body: &str, first_line: usize) -> Result<Self, Problem> {
        let mut text = String::with_capacity(body.len());
        let (mut marks, mut open) = (Vec::<(usize, Mark)>::new(), Vec::<Open>::new());
        let (mut count, mut line, mut rest) = (0, first_line, body);
        let problem = |line, reason: &str| Err(Problem { line, reason: reason.to_owned() });
        while let Some(c) = rest.chars().next() {
            rest = &rest[c.len_utf8()..];
            match c {
                '[' if open.len() == DEEPEST => return problem(line, "marks nest one level"),
                '[' => open.push(Open { start: count, bytes: text.len(), line }),
                ']' => {
                    let Some(Open { start, bytes, .. }) = open.pop() else {
                        return problem(line, "a `]` without a `[`; a bracket of the text is written `\\]`");
                    };
                    let label = rest.strip_prefix('{').and_then(|rest| rest.split_once('}'));
                    let Some((label, after)) = label.filter(|(label, _)| !label.contains('\n')) else {
                        return problem(
                            line,
                            "a `]` without `{kind}` behind it; a bracket of the text is written `\\]`",
                        );
                    };
                    rest = after;
                    let (kind, key) = label.split_once(' ').map_or((label, None), |(kind, key)| (kind, Some(key)));
                    let Some(kind) = GoldKind::named(kind) else {
                        return problem(line, &format!("{kind:?} is not a kind of name"));
                    };
                    if start == count {
                        return problem(line, "a mark is empty");
                    }
                    let key = key.map(str::trim).filter(|key| !key.is_empty()).map(str::to_owned);
                    let mark = Mark { span: start..count, text: text[bytes..].to_owned(), kind, key, line };
                    marks.push((open.len(), mark));
                }
                _ => {
                    let escaped = rest.chars().next().filter(|next| c == '\\' && matches!(next, '[' | ']' | '\\'));
                    rest = &rest[escaped.map_or(0, char::len_utf8)..];
                    text.push(escaped.unwrap_or(c));
                    count += 1;
                    line += usize::from(c == '\n');
                }
            }
        }
        if let Some(Open { line, .. }) = open.first() {
            return problem(*line, "a `[` is not closed; a bracket of the text is written `\\[`");
        }
        marks.sort_by_key(|(depth, mark)| (mark.span.start, std::cmp::Reverse(mark.span.end), *depth));
        Ok(Marks { text, marks: marks.into_iter().map(|(_, mark)| mark).collect() })
    }
}
