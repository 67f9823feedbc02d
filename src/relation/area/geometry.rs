//! The geometry of an area, which few callers ask for and which takes long to make valid.

use geo::MultiPolygon;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;
use std::ops::Deref;
use std::sync::{Arc, LazyLock};

/// The polygons of an area, in degrees, WGS 84: valid, right-handed, cut at the antimeridian as RFC 7946 asks. They are
/// computed when they are first looked at, once for all clones. Serialised they are a GeoJSON geometry.
#[derive(Clone)]
pub struct AreaGeometry(Arc<LazyLock<MultiPolygon, Draw>>);

type Draw = Box<dyn FnOnce() -> MultiPolygon + Send>;

impl AreaGeometry {
    /// The geometry that `draw` gives when it is first looked at.
    pub(super) fn lazy(draw: impl FnOnce() -> MultiPolygon + Send + 'static) -> Self {
        AreaGeometry(Arc::new(LazyLock::new(Box::new(draw))))
    }
}

impl Deref for AreaGeometry {
    type Target = MultiPolygon;

    fn deref(&self) -> &MultiPolygon {
        &self.0
    }
}

impl From<MultiPolygon> for AreaGeometry {
    fn from(polygons: MultiPolygon) -> Self {
        AreaGeometry::lazy(|| polygons)
    }
}

impl PartialEq for AreaGeometry {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0) || **self == **other
    }
}

impl fmt::Debug for AreaGeometry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        (**self).fmt(f)
    }
}

impl Serialize for AreaGeometry {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        geojson::Geometry::new((&**self).into()).serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for AreaGeometry {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let geometry = geojson::Geometry::deserialize(deserializer)?;
        let polygons = MultiPolygon::try_from(geometry).map_err(serde::de::Error::custom)?;
        Ok(AreaGeometry::from(polygons))
    }
}
