//! The fields of features: the same names in the same order in every format.

use super::By;
use super::source::FeatureSource;
use super::value::{Type, Value};

/// A field of features.
pub struct Field {
    /// Its name.
    pub name: &'static str,
    /// The type of its values.
    pub kind: Type,
    /// Its meaning, in Markdown.
    pub doc: &'static str,
    /// The layers whose features have it.
    layers: Layers,
    value: fn(&FeatureSource<'_>) -> Value,
}

impl Field {
    /// Whether the features of a layer have it.
    pub fn is_in(&self, layer: By) -> bool {
        match layer {
            By::Place => self.layers.place,
            By::Mention => self.layers.mention,
            By::Document => self.layers.document,
            By::Name => self.layers.name,
        }
    }

    /// How its values in several documents become one.
    pub(super) fn merge(&self) -> Merge {
        match self.name {
            "documents" | "mentions" => Merge::Sum,
            "confidence" => Merge::Greatest,
            "first_date" => Merge::Earliest,
            "last_date" => Merge::Latest,
            "texts" | "kinds" | "match" => Merge::Words,
            "titles" => Merge::Titles,
            _ => Merge::First,
        }
    }

    /// Its value for a feature.
    pub(super) fn value(&self, source: &FeatureSource<'_>) -> Value {
        (self.value)(source)
    }
}

/// How the values of a field in several documents become one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Merge {
    /// That of the first document: what is true of the place.
    First,
    /// Their sum.
    Sum,
    /// The greatest.
    Greatest,
    /// The earliest date.
    Earliest,
    /// The latest date.
    Latest,
    /// The different members of lists.
    Words,
    /// The different texts, each whole.
    Titles,
}

/// The fields of a layer, in their order.
pub(super) fn fields(layer: By) -> impl Iterator<Item = &'static Field> {
    FIELDS.iter().filter(move |field| field.is_in(layer))
}

#[derive(Clone, Copy)]
struct Layers {
    place: bool,
    mention: bool,
    document: bool,
    name: bool,
}

const NONE: Layers = Layers { place: false, mention: false, document: false, name: false };
const PLACE: Layers = Layers { place: true, ..NONE };
const MENTION: Layers = Layers { mention: true, ..NONE };
const DOCUMENT: Layers = Layers { document: true, ..NONE };
const NAME: Layers = Layers { name: true, ..NONE };
/// The layers in which a feature belongs to a document.
const OF_DOCUMENT: Layers = PLACE.and(MENTION).and(DOCUMENT);
const ALL: Layers = OF_DOCUMENT.and(NAME);
const RELATIVE: Layers = PLACE.and(MENTION).and(NAME);

impl Layers {
    const fn and(self, other: Layers) -> Layers {
        Layers {
            place: self.place || other.place,
            mention: self.mention || other.mention,
            document: self.document || other.document,
            name: self.name || other.name,
        }
    }
}

const fn field(
    name: &'static str,
    kind: Type,
    layers: Layers,
    value: fn(&FeatureSource<'_>) -> Value,
    doc: &'static str,
) -> Field {
    Field { name, kind, doc, layers, value }
}

use Type::{Boolean, DateTime, Integer, Real, Text};

/// Every field of every layer.
#[rustfmt::skip] // It is a table.
pub const FIELDS: &[Field] = &[
    field("document", Text, OF_DOCUMENT, |f| f.document.id.as_str().into(), "The document: its file, or the `id` given."),
    field("place_id", Text, ALL, |f| f.of_place(|p| p.id().into()), "The place: `source:id`, such as `geonames:170063`."),
    field("name", Text, ALL, |f| f.name(), "What the place is called on a map."),
    field("country", Text, ALL, |f| f.country(), "The country's code, ISO 3166-1 alpha-2; none for a region of several countries. Of somewhere relative or in coordinates, that at its point."),
    field("admin1", Text, ALL, |f| f.division1(), "The first-level division it lies in."),
    field("admin2", Text, ALL, |f| f.of_place(|p| p.division2_name().into()), "The second-level division it lies in."),
    field("feature", Text, ALL, |f| f.of_place(|p| Value::filled(p.feature())), "What it is: GeoNames feature class and code, such as `P.PPLA`."),
    field("population", Integer, ALL, |f| f.of_place(|p| p.population().into()), "Inhabitants."),
    field("exact_km", Real, ALL, |f| f.of_place(|p| p.exact_km().into()), "How far the point may lie from a fair representative point of the place, in kilometres; of a `locality`, how far what the text names may lie from it."),
    field("source", Text, ALL, |f| f.of_place(|p| Value::filled(p.source())), "Whom the coordinates are from."),
    field("relation", Text, RELATIVE, |f| f.of_relative(|r| (&*r.construct).into()), "For somewhere relative to places: which construct it is, such as `direction` or `between`."),
    field("anchor_ids", Text, RELATIVE, |f| f.of_relative(FeatureSource::anchor_ids), "The ids of the places it is relative to, with `; ` between."),
    field("area_from", Text, RELATIVE, |f| f.of_relative(|r| r.area_from.map(|from| from.to_string()).into()), "What the extents of those places rest on: `outline`, `places`, `course` or `circle`."),
    field("uncertainty_km", Real, RELATIVE, |f| f.of_relative(|r| Value::kilometres(r.uncertainty_km)), "How far what is meant may lie from the point, in kilometres."),
    field("mention", Integer, MENTION, |f| f.of_mention(|m| m.number.into()), "Which of the document's mentions it is, from 0."),
    field("part", Text, MENTION, |f| f.of_mention(|m| m.part.name().into()), "Where it stands: `title` or `text`."),
    field("start", Integer, MENTION, |f| f.of_mention(|m| m.start.into()), "Where it begins in that part, in the unit of `--offsets`."),
    field("end", Integer, MENTION, |f| f.of_mention(|m| m.end.into()), "Where it ends there, exclusive."),
    field("text", Text, MENTION, |f| f.text(), "The mention as it stands there, white space made single."),
    field("kind", Text, MENTION, |f| f.kind(), "`place`, `demonym` (“Turkish”), `embedded` (“Aleppo University”), `relative` (“20 km north of Aleppo”) or `coordinate`."),
    field("match", Text, RELATIVE, |f| f.forms(), "How the text became the place's name: `exact`, `respelled` (“Ft. Worth”), `extended` (“Rapides”, the parish), `stripped` (“the city of Homs”), `alike` (another spelling), `nested` (a name inside it), or `locality`: the place is where the document puts what no gazetteer knows, or what the text puts where no place of the name lies (“Moscow, Michigan”)."),
    field("metonymic", Boolean, MENTION, |f| f.metonymic(), "Whether the name stands for people of the place: “Washington says”."),
    field("modified", Boolean, MENTION, |f| f.modified(), "Whether the words round it mean somewhere else than the place itself: “northern Syria”."),
    field("documents", Integer, NAME, |_| 1_usize.into(), "How many documents mention it."),
    field("mentions", Integer, PLACE.and(DOCUMENT).and(NAME), |f| f.mentions.len().into(), "How many mentions there are: of the place, or with a place in the document."),
    field("texts", Text, PLACE.and(NAME), |f| f.texts(), "The different texts of its mentions, with `; ` between."),
    field("kinds", Text, PLACE.and(NAME), |f| f.kinds(), "The different kinds of its mentions, with `; ` between."),
    field("confidence", Real, RELATIVE, |f| f.confidence(), "How probable the answer is, 0 to 1; of a place its surest mention's."),
    field("sentence", Text, PLACE.and(MENTION), |f| f.sentence(), "The sentence of the mention, or of the first mention; of a long one at most 500 code points round it, whole words, with `…` where it is cut."),
    field("reason", Text, MENTION, |f| f.reason(), "Why it has no place, if it has none."),
    field("score", Real, DOCUMENT, |f| f.score.map(Value::probability).unwrap_or(Value::Null), "How much of the document the place it is about accounts for, 0 to 1."),
    field("places", Text, DOCUMENT, |f| f.places(), "The names of the different places it mentions, with `; ` between."),
    field("first_date", DateTime, NAME, |f| f.document.meta.date.clone().into(), "When the earliest of the documents was published: ISO 8601."),
    field("last_date", DateTime, NAME, |f| f.document.meta.date.clone().into(), "When the latest of them was published."),
    field("titles", Text, NAME, |f| f.headline(), "Their headlines, of one without any its `document`, with `; ` between: the first 100, then `…`."),
    field("title", Text, OF_DOCUMENT, |f| f.document.meta.title.clone().into(), "The document's headline."),
    field("date", DateTime, OF_DOCUMENT, |f| f.document.meta.date.clone().into(), "When it was published: ISO 8601."),
    field("date_text", Text, OF_DOCUMENT, |f| f.document.meta.unread_date().into(), "The date as the input has it, if no day, or more than one, can be read of it."),
    field("url", Text, OF_DOCUMENT, |f| f.document.meta.url.clone().into(), "Where it was published."),
    field("author", Text, OF_DOCUMENT, |f| f.document.meta.author.clone().into(), "Who wrote it."),
    field("site", Text, OF_DOCUMENT, |f| f.document.meta.site.clone().into(), "The publication."),
    field("domain", Text, OF_DOCUMENT, |f| f.document.meta.domain.clone().into(), "The publisher's host."),
    field("other", Text, OF_DOCUMENT, |f| f.other(), "What else the input says of the document (further columns, members of `meta`), as one JSON object."),
];
