//! A row of a table, or the properties of a feature, as a place.

use super::columns::{Fact, Layout};
use super::geometry::Located;
use super::remarks::{Flaw, Remarks};
use super::{PlaceRow, numbers, osm};

/// The values of a place and what they hold.
pub struct Record<'r, F> {
    /// What the columns hold.
    pub layout: &'r Layout,
    /// The value of a column, without space around it.
    pub get: F,
    /// Where the place lies, if that stands in no column.
    pub located: Option<Located>,
    /// Its id, if that stands in no column.
    pub id: Option<String>,
    /// The part before the colon of ids that have none.
    pub id_source: &'r str,
    /// The line, which is the id of a place without one.
    pub line: u64,
}

impl<'r, F: Fn(usize) -> &'r str> Record<'r, F> {
    fn fact(&self, fact: Fact) -> &'r str {
        self.layout.column(fact).map_or("", &self.get)
    }

    /// The place. Values that are not understood are left out and counted in `remarks`.
    ///
    /// # Errors
    /// When it has no place on the map.
    pub fn place(&self, remarks: &mut Remarks) -> Result<PlaceRow, String> {
        let Located { lat, lon, bounds } = self.located()?;
        let mut names: Vec<_> =
            self.layout.names.iter().flat_map(|(at, column)| column.names((self.get)(*at))).collect();
        let name = self.fact(Fact::Name);
        names.retain(|other| other.text != name);
        Ok(PlaceRow {
            id: self.id(),
            name: name.to_owned(),
            names,
            feature: self.feature(remarks),
            lat,
            lon,
            bounds,
            countries: self.countries(remarks),
            admin1: self.fact(Fact::Admin1).to_owned(),
            population: self.population(remarks),
            part_of: Some(self.fact(Fact::PartOf)).filter(|id| !id.is_empty()).map(|id| self.whole_id(id)),
            source: self.id_source.to_owned(),
            ..PlaceRow::default()
        })
    }

    fn located(&self) -> Result<Located, String> {
        if let Some(located) = self.located {
            return Ok(located);
        }
        let (lat, lon) = (self.fact(Fact::Lat), self.fact(Fact::Lon));
        let geometry = self.fact(Fact::Geometry);
        if lat.is_empty() && lon.is_empty() && !geometry.is_empty() {
            return Located::from_wkt(geometry);
        }
        let degrees = |fact: Fact, text: &str| numbers::degrees(fact.name(), text);
        let point = Located { lat: degrees(Fact::Lat, lat)?, lon: degrees(Fact::Lon, lon)?, bounds: None };
        // The point that is told holds; the geometry tells the extent.
        let extent = Some(geometry).filter(|text| !text.is_empty()).and_then(|text| Located::from_wkt(text).ok());
        Ok(Located { bounds: extent.and_then(|extent| extent.bounds), ..point })
    }

    fn id(&self) -> String {
        match self.id.as_deref().unwrap_or_else(|| self.fact(Fact::Id)) {
            "" => format!("{}:{}", self.id_source, self.line),
            id => self.whole_id(id),
        }
    }

    /// An id with its source before it.
    fn whole_id(&self, id: &str) -> String {
        if id.contains(':') { id.to_owned() } else { format!("{}:{id}", self.id_source) }
    }

    fn population(&self, remarks: &mut Remarks) -> Option<u64> {
        let text = self.fact(Fact::Population);
        let people = numbers::count(text);
        if people.is_none() && !text.is_empty() {
            remarks.flaw(Flaw::Population, self.line, text);
        }
        people.filter(|&people| people > 0)
    }

    fn countries(&self, remarks: &mut Remarks) -> String {
        let text = self.fact(Fact::Country);
        let is_code = |code: &&str| code.len() == 2 && code.bytes().all(|b| b.is_ascii_alphabetic());
        let codes: Vec<&str> = text.split([',', ';', '|', ' ']).filter(is_code).collect();
        if codes.is_empty() && !text.is_empty() {
            remarks.flaw(Flaw::Country, self.line, text);
        }
        codes.join("|").to_uppercase()
    }

    /// GeoNames class and code: `P.PPL`, or made of a class and a code in columns of their own, or of OpenStreetMap's
    /// tags.
    fn feature(&self, remarks: &mut Remarks) -> String {
        let (class, text) = (self.fact(Fact::Class), self.fact(Fact::Feature));
        // Linked Places may name several feature classes.
        let text = text.split(['|', ';']).next().unwrap_or_default().trim();
        let is_class = |class: &str| class.len() == 1 && "AHLPRSTUV".contains(class);
        let is_code = |code: &str| {
            !code.is_empty() && code.len() <= 6 && code.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit())
        };
        let whole = text.split_once('.').map_or(is_class(text), |(class, code)| is_class(class) && is_code(code));
        if whole {
            return text.to_owned();
        }
        if is_class(class) {
            return if is_code(text) { format!("{class}.{text}") } else { class.to_owned() };
        }
        let tags = self.layout.tags.iter().map(|(at, key)| (key.as_str(), (self.get)(*at)));
        if let Some(feature) = osm::feature(tags) {
            return feature.to_owned();
        }
        for value in [class, text].into_iter().filter(|value| !value.is_empty()) {
            remarks.flaw(Flaw::Feature, self.line, value);
        }
        String::new()
    }
}
