//! The tools `contains` and `distance`: places told by id, by name or by point.

use crate::places::LONGEST_NAME;
use crate::record::PlaceRecord;
use geo::{Bearing, Distance as _, Haversine, Point};
use rmcp::schemars::{self, JsonSchema};
use serde::{Deserialize, Serialize};
use toponym::{Gazetteer, Place};

/// What is asked of `contains`.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Contains {
    /// The place that may contain the other: an id such as `geonames:163843`, or a name such as `Syria`.
    container: String,
    /// The place that may lie in it: an id, or a name, which what contains it may follow: `Aleppo, Syria`.
    place: String,
}

/// The answer of `contains`.
#[derive(Serialize, JsonSchema)]
pub struct Contained {
    /// Whether the place lies in the container; null where the gazetteer does not tell.
    contains: Option<bool>,
    /// What the container was taken for.
    container: PlaceRecord,
    /// What the place was taken for.
    place: PlaceRecord,
}

/// What is asked of `distance`.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Distance {
    /// From where: an id such as `geonames:170063`, a name such as `Aleppo`, or a point `LAT,LON` in degrees.
    from: String,
    /// To where, in the same forms.
    to: String,
}

/// The answer of `distance`.
#[derive(Serialize, JsonSchema)]
pub struct Measured {
    /// The great-circle distance between the points in kilometres.
    km: f64,
    /// The direction from the first to the second at the first, in degrees clockwise from north; null if they are one.
    bearing: Option<f64>,
    /// The same as a wind, such as `NE`.
    direction: Option<String>,
    /// What the first was taken for; null for a point.
    from: Option<PlaceRecord>,
    /// What the second was taken for; null for a point.
    to: Option<PlaceRecord>,
}

impl Contains {
    /// Whether it contains it.
    ///
    /// # Errors
    /// When the gazetteer has no such place.
    pub fn answer(&self, gazetteer: &Gazetteer) -> Result<Contained, String> {
        let container = find("container", &self.container, gazetteer)?;
        let place = find("place", &self.place, gazetteer)?;
        Ok(Contained { contains: container.contains(&place), container: (&container).into(), place: (&place).into() })
    }
}

impl Distance {
    /// How far it is.
    ///
    /// # Errors
    /// When the gazetteer has no such place.
    pub fn answer(&self, gazetteer: &Gazetteer) -> Result<Measured, String> {
        let ends = [("from", &self.from), ("to", &self.to)].map(|(name, spot)| match point(spot) {
            Some((lat, lon)) => Ok((Point::new(lon, lat), None)),
            None => find(name, spot, gazetteer).map(|place| (Point::new(place.lon(), place.lat()), Some(place))),
        });
        let [from, to] = ends;
        let ((start, from), (end, to)) = (from?, to?);
        let bearing = (start != end).then(|| (Haversine.bearing(start, end) + 360.0) % 360.0);
        Ok(Measured {
            km: (Haversine.distance(start, end)).round() / 1000.0,
            bearing: bearing.map(|degrees| (degrees * 10.0).round() / 10.0),
            direction: bearing.map(|degrees| wind(degrees).to_owned()),
            from: from.as_ref().map(PlaceRecord::from),
            to: to.as_ref().map(PlaceRecord::from),
        })
    }
}

/// The wind of a bearing in degrees from 0 to 360.
fn wind(bearing: f64) -> &'static str {
    const WINDS: [&str; 8] = ["N", "NE", "E", "SE", "S", "SW", "W", "NW"];
    WINDS[(bearing / 45.0).round() as usize % WINDS.len()]
}

/// The latitude and longitude of `LAT,LON`.
fn point(text: &str) -> Option<(f64, f64)> {
    let (lat, lon) = text.split_once(',')?;
    let (lat, lon) = (lat.trim().parse::<f64>().ok()?, lon.trim().parse::<f64>().ok()?);
    ((-90.0..=90.0).contains(&lat) && (-180.0..=180.0).contains(&lon)).then_some((lat, lon))
}

/// The place with an id, or the likeliest of a name.
fn find(argument: &str, asked: &str, gazetteer: &Gazetteer) -> Result<Place, String> {
    let asked = asked.trim();
    if asked.is_empty() || asked.chars().count() > LONGEST_NAME {
        return Err(format!("{argument}: give an id, or a name of 1 to {LONGEST_NAME} characters"));
    }
    if let Some(place) = gazetteer.by_id(asked) {
        return Ok(place);
    }
    gazetteer.lookup(asked).into_iter().next().map(|hit| hit.place).ok_or_else(|| {
        format!("{argument}: no place has the id or the name {asked:?}; lookup with prefix or similar finds others")
    })
}

#[cfg(test)]
mod tests {
    use super::{point, wind};

    #[test]
    fn winds_blow_from_all_sides() {
        let winds = [0.0, 22.4, 22.6, 90.0, 180.0, 270.0, 337.6, 359.9].map(wind);
        assert_eq!(winds, ["N", "N", "NE", "E", "S", "W", "N", "N"]);
    }

    #[test]
    fn a_point_is_two_numbers_in_range() {
        assert_eq!(point("36.2, 37.16"), Some((36.2, 37.16)));
        assert_eq!(point("-90,180"), Some((-90.0, 180.0)));
        for text in ["36.2", "91,0", "0,181", "Paris, Texas", "NaN,0", ""] {
            assert_eq!(point(text), None, "{text}");
        }
    }
}
