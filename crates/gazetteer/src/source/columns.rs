//! Which columns of a table, or properties of a feature, hold what.

use super::name_columns::{NameColumn, name_column};
use super::osm;
use std::str::FromStr;

/// The columns or properties that hold the facts of a place: those that the user names, else those with a usual name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Columns(Vec<(Fact, String)>);

/// A fact of a place that a column may hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fact {
    Id,
    Name,
    Names,
    Lat,
    Lon,
    Geometry,
    Country,
    Admin1,
    Class,
    Feature,
    Population,
    PartOf,
}

/// The facts, each with its name in `--columns` and the usual headers, as [`key_of`] writes them, the best first.
const USUAL: [(Fact, &str, &[&str]); 12] = [
    (Fact::Id, "id", &["id", "geonameid", "fid", "objectid", "gid", "uid", "osmid", "featureid"]),
    (
        Fact::Name,
        "name",
        &["name", "title", "label", "toponym", "placename", "featurename", "preflabel", "preferredname", "place"],
    ),
    (Fact::Names, "names", &[]),
    (Fact::Lat, "lat", &["lat", "latitude", "y", "latdd", "decimallatitude", "primlatdec", "pointy", "ycoord"]),
    (
        Fact::Lon,
        "lon",
        &[
            "lon",
            "lng",
            "long",
            "longitude",
            "x",
            "londd",
            "longdd",
            "decimallongitude",
            "primlongdec",
            "pointx",
            "xcoord",
        ],
    ),
    (
        Fact::Geometry,
        "geometry",
        &["geowkt", "wkt", "wktgeom", "geomwkt", "wkb", "geometry", "geom", "thegeom", "shape"],
    ),
    (Fact::Country, "country", &["country", "countrycode", "iso2", "isoa2", "cc", "ccodes", "ccode", "iso31661alpha2"]),
    (Fact::Admin1, "admin1", &["admin1", "admin1code"]),
    (Fact::Class, "class", &["featureclass", "fclass"]),
    (Fact::Feature, "feature", &["feature", "featurecode", "fcode", "fclasses", "type"]),
    (Fact::Population, "population", &["population", "pop", "inhabitants"]),
    (Fact::PartOf, "part_of", &["partof", "parentid"]),
];

/// A header as it is compared: in small letters, without what stands between its words.
fn key_of(header: &str) -> String {
    header.trim().to_lowercase().chars().filter(|c| c.is_alphanumeric()).collect()
}

impl FromStr for Columns {
    type Err = String;

    /// Parses `name=Ort,lat=Y,lon=X`.
    fn from_str(text: &str) -> Result<Self, String> {
        let mut columns: Vec<(Fact, String)> = Vec::new();
        for pair in text.split(',') {
            let (what, header) =
                pair.split_once('=').ok_or_else(|| format!("{pair:?} is not of the form name=HEADER"))?;
            let Some(&(fact, ..)) = USUAL.iter().find(|(_, known, _)| *known == what) else {
                let known = USUAL.iter().map(|(_, what, _)| *what).collect::<Vec<_>>().join(", ");
                return Err(format!("{what:?} is not one of {known}"));
            };
            let twice = |other: &str| {
                format!(
                    "{what}={header} and {other}: a column holds one thing, and but for names each is in one column"
                )
            };
            if let Some((other, same)) =
                columns.iter().find(|(other, same)| same == header || *other == fact && fact != Fact::Names)
            {
                return Err(twice(&format!("{}={same}", other.name())));
            }
            columns.push((fact, header.to_owned()));
        }
        Ok(Columns(columns))
    }
}

impl Fact {
    /// Its name in `--columns`.
    pub fn name(self) -> &'static str {
        USUAL.iter().find(|(fact, ..)| *fact == self).map_or("", |(_, name, _)| name)
    }
}

/// What the columns of a table hold.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Layout {
    facts: Vec<(Fact, usize)>,
    /// The columns of further names, and what names they hold.
    pub names: Vec<(usize, NameColumn)>,
    /// The columns of OpenStreetMap's tags that tell types, with their keys.
    pub tags: Vec<(usize, String)>,
    /// The headers that are not understood.
    pub unknown: Vec<String>,
    /// The headers that the user names and that are not there, with what they were to hold.
    pub missing: Vec<(Fact, String)>,
}

impl Layout {
    /// The column of a fact.
    pub fn column(&self, fact: Fact) -> Option<usize> {
        self.facts.iter().find(|(known, _)| *known == fact).map(|&(_, at)| at)
    }

    /// Whether a column holds something that is read.
    pub fn uses(&self, at: usize) -> bool {
        self.facts.iter().any(|&(_, column)| column == at) || self.names.iter().any(|&(column, _)| column == at)
    }

    /// Whether a place can be made of it: a name, and a point or a geometry.
    pub fn is_whole(&self) -> bool {
        self.lacks().is_none()
    }

    /// The first fact that a place needs and that no column holds.
    pub fn lacks(&self) -> Option<Fact> {
        if self.column(Fact::Name).is_none() {
            return Some(Fact::Name);
        }
        let needed = [Fact::Lat, Fact::Lon].into_iter().find(|&fact| self.column(fact).is_none());
        needed.filter(|_| self.column(Fact::Geometry).is_none())
    }
}

impl Columns {
    /// Whether the user names a column for a fact.
    pub fn names(&self, fact: Fact) -> bool {
        self.0.iter().any(|(named, _)| *named == fact)
    }

    /// What columns with these headers hold.
    pub fn layout<'h>(&self, headers: impl IntoIterator<Item = &'h str>) -> Layout {
        let headers: Vec<&str> = headers.into_iter().map(str::trim).collect();
        let keys: Vec<String> = headers.iter().map(|header| key_of(header)).collect();
        let mut layout = Layout::default();
        let mut used = vec![false; headers.len()];
        for (fact, header) in &self.0 {
            match headers.iter().position(|known| known == header) {
                Some(at) if *fact == Fact::Names => layout.names.push((at, NameColumn::list())),
                Some(at) => layout.facts.push((*fact, at)),
                None => layout.missing.push((*fact, header.clone())),
            }
            used.iter_mut().zip(&headers).filter(|(_, known)| *known == header).for_each(|(used, _)| *used = true);
        }
        for (fact, _, usual) in USUAL {
            if self.names(fact) {
                continue;
            }
            let free = |usual: &&str| (0..keys.len()).find(|&at| !used[at] && keys[at] == **usual);
            if let Some(at) = usual.iter().find_map(free) {
                layout.facts.push((fact, at));
                used[at] = true;
            }
        }
        for (at, header) in headers.iter().enumerate().filter(|(at, _)| !used[*at]) {
            match name_column(header) {
                Some(column) => layout.names.push((at, column)),
                None if header.is_empty() => {}
                None if osm::is_key(header) => layout.tags.push((at, (*header).to_owned())),
                None => layout.unknown.push((*header).to_owned()),
            }
        }
        layout
    }
}

#[cfg(test)]
mod tests {
    use super::{Columns, Fact};

    #[test]
    fn named_columns_win_over_usual_ones() {
        let headers = ["ID", "Ort", "name", "Y", "X"];
        let find = |columns: &Columns, fact: Fact| columns.layout(headers).column(fact).map(|at| headers[at]);
        assert_eq!(find(&Columns::default(), Fact::Name), Some("name"));
        let columns: Columns = "name=Ort,lat=Y".parse().expect("a mapping");
        assert_eq!(find(&columns, Fact::Name), Some("Ort"));
        assert_eq!(find(&columns, Fact::Lon), Some("X"));
        assert!("Ort".parse::<Columns>().is_err() && "nom=Ort".parse::<Columns>().is_err());
    }

    #[test]
    fn a_column_mapped_twice_is_refused() {
        for wrong in ["lat=Y,lon=Y", "name=A,name=B", "names=A,name=A"] {
            let error = wrong.parse::<Columns>().expect_err(wrong);
            assert!(error.contains("a column holds one thing"), "{error}");
        }
        assert!("names=A,names=B".parse::<Columns>().is_ok());
    }

    #[test]
    fn usual_headers_are_found_however_they_are_spaced_and_others_are_told() {
        let layout = Columns::default().layout(["Feature Name", "LAT_DD", "Lon DD", "name:ar", "alt_names", "Remarks"]);
        assert!(layout.is_whole() && layout.names.len() == 2, "{layout:?}");
        assert_eq!(layout.unknown, ["Remarks"]);
        assert_eq!(Columns::default().layout(["name", "lat"]).lacks(), Some(Fact::Lon));
        assert!(Columns::default().layout(["title", "geowkt"]).is_whole());
    }
}
