//! The ground that is meant, which few ask for and which takes long to draw.

use geo::MultiPolygon;
use std::fmt;
use std::ops::Deref;
use std::sync::{Arc, LazyLock};

/// Valid, right-handed polygons in degrees, cut at the antimeridian as RFC 7946 asks. They are drawn when they are first
/// looked at, once for all clones.
#[derive(Clone)]
pub struct Ground(Arc<LazyLock<MultiPolygon, Draw>>);

type Draw = Box<dyn FnOnce() -> MultiPolygon + Send>;

impl Ground {
    /// What this draws.
    pub(super) fn later(draw: impl FnOnce() -> MultiPolygon + Send + 'static) -> Self {
        Ground(Arc::new(LazyLock::new(Box::new(draw))))
    }
}

impl Deref for Ground {
    type Target = MultiPolygon;

    fn deref(&self) -> &MultiPolygon {
        &self.0
    }
}

impl From<MultiPolygon> for Ground {
    fn from(drawn: MultiPolygon) -> Self {
        Ground::later(|| drawn)
    }
}

impl fmt::Debug for Ground {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        (**self).fmt(f)
    }
}
