//! Metadata of a document.

use super::date::iso_date;
use serde_json::{Map, Value};

/// Metadata of a document.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Meta {
    /// The headline.
    pub title: Option<String>,
    /// The publisher's host name, such as `www.example.org`.
    pub domain: Option<String>,
    /// The address at which it was published.
    pub url: Option<String>,
    /// The date of publication in ISO 8601; a date that cannot be read stays in `other` as it was given.
    pub date: Option<String>,
    /// The author or authors.
    pub author: Option<String>,
    /// The publication's name.
    pub site: Option<String>,
    /// All other members or columns of the source, which are copied to the output.
    pub other: Map<String, Value>,
}

// Names of the members in common data sets, in lower case without `_` and `-`; the first that is present is taken.
const TITLE: &[&str] = &["title", "headline"];
const DOMAIN: &[&str] = &["domain", "hostname"];
const URL: &[&str] = &["url", "link", "permalink", "sourceurl"];
const DATE: &[&str] = &[
    "date",
    "published",
    "publicationdate",
    "datepublished",
    "publishedat",
    "publishdate",
    "pubdate",
    "dltime",
    "timestamp",
    "createdat",
];
const AUTHOR: &[&str] = &["author", "authors", "byline", "creator"];
const SITE: &[&str] = &["site", "sitename", "publisher", "publication"];

impl From<Map<String, Value>> for Meta {
    /// Takes the members or columns of any data set; those without a field of their own, and dates that cannot be read, go to
    /// [`Meta::other`].
    fn from(mut members: Map<String, Value>) -> Self {
        let mut take_read = |names: &[&str], read: &dyn Fn(String) -> Option<String>| {
            let keys = names.iter().filter_map(|name| members.keys().find(|key| plain(key) == **name).cloned());
            let keys: Vec<String> = keys.collect();
            keys.into_iter().find_map(|key| {
                let text = read(text_of(members.get(&key)?)?)?;
                members.remove(&key);
                Some(text)
            })
        };
        let date = take_read(DATE, &|written| iso_date(&written));
        let mut take = |names: &[&str]| take_read(names, &Some);
        let url = take(URL);
        Meta {
            title: take(TITLE),
            domain: take(DOMAIN).or_else(|| host_of(url.as_deref()?)),
            url,
            date,
            author: take(AUTHOR),
            site: take(SITE),
            other: members,
        }
    }
}

impl Meta {
    /// The date as the source has it, where there is one and no day, or more than one, can be read of it.
    pub fn unread_date(&self) -> Option<String> {
        if self.date.is_some() {
            return None;
        }
        DATE.iter().find_map(|name| {
            let (_, value) = self.other.iter().find(|(key, _)| plain(key) == *name)?;
            text_of(value)
        })
    }
}

/// The name of a member or column, in lower case without separators.
fn plain(key: &str) -> String {
    key.to_lowercase().replace(['_', '-', ' '], "")
}

/// The host of a URL: `www.example.org` of `https://www.example.org:8080/news`.
pub(super) fn host_of(address: &str) -> Option<String> {
    let (_, rest) = address.split_once("://")?;
    let host = rest.split(['/', '?', '#']).next()?.rsplit('@').next()?.split(':').next()?;
    (!host.is_empty()).then(|| host.to_lowercase())
}

/// A string, a number, or a list of strings, as text; `None` for an empty value or another type.
fn text_of(value: &Value) -> Option<String> {
    let text = match value {
        Value::String(text) => text.trim().to_owned(),
        Value::Number(number) => number.to_string(),
        Value::Array(list) => list.iter().filter_map(Value::as_str).collect::<Vec<_>>().join(", "),
        _ => String::new(),
    };
    (!text.is_empty()).then_some(text)
}

#[cfg(test)]
mod tests {
    use super::Meta;
    use serde_json::json;

    #[test]
    fn other_names_of_the_same_things_are_known() {
        let members =
            json!({"Headline": "Rain", "published_at": "4 Jun 2016", "authors": ["A", "B"], "link": "", "beat": 3});
        let meta = Meta::from(members.as_object().cloned().unwrap_or_default());
        assert_eq!((meta.title.as_deref(), meta.date.as_deref()), (Some("Rain"), Some("2016-06-04")));
        assert_eq!((meta.author.as_deref(), meta.url), (Some("A, B"), None));
        assert_eq!(meta.other.keys().collect::<Vec<_>>(), ["beat", "link"]);
    }

    #[test]
    fn dates_that_cannot_be_read_are_kept_as_they_are() {
        let members = json!({"date": "4/6/2016", "published": "soon", "pubDate": "4 Jun 2016"});
        let meta = Meta::from(members.as_object().cloned().unwrap_or_default());
        assert_eq!(meta.date.as_deref(), Some("2016-06-04"));
        assert_eq!((&meta.other["date"], &meta.other["published"]), (&json!("4/6/2016"), &json!("soon")));
    }
}
