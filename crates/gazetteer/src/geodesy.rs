//! The Earth as a sphere: points in space, chords and great circles.

/// The Earth's mean radius in kilometres: (2a + b) / 3 of the WGS 84 ellipsoid, as the IUGG defines it.
pub const EARTH_RADIUS_KM: f64 = 6371.0088;

/// The point on the unit sphere at a latitude and longitude in degrees.
pub fn on_sphere(lat: f64, lon: f64) -> [f64; 3] {
    let (lat, lon) = (lat.to_radians(), lon.to_radians());
    [lat.cos() * lon.cos(), lat.cos() * lon.sin(), lat.sin()]
}

/// The square of the chord between two points on the unit sphere. It rises with the distance on the ground, and needs
/// no square root.
pub fn chord_square(a: [f64; 3], b: [f64; 3]) -> f64 {
    a.iter().zip(b).map(|(a, b)| (a - b).powi(2)).sum()
}

/// The chord of the unit sphere for a great-circle distance in kilometres. Distances above half the circumference count
/// as that.
pub fn chord_of_km(km: f64) -> f64 {
    2.0 * (km / EARTH_RADIUS_KM / 2.0).clamp(0.0, std::f64::consts::FRAC_PI_2).sin()
}

/// The great-circle distance in kilometres for a chord of the unit sphere.
pub fn km_of_chord(chord: f64) -> f64 {
    2.0 * EARTH_RADIUS_KM * (chord / 2.0).min(1.0).asin()
}

#[cfg(test)]
mod tests {
    use super::{EARTH_RADIUS_KM, chord_of_km, chord_square, km_of_chord, on_sphere};

    #[test]
    fn chords_and_great_circles_are_inverse() {
        for km in [0.0, 1.0, 161.0, 9_000.0, std::f64::consts::PI * EARTH_RADIUS_KM] {
            assert!((km_of_chord(chord_of_km(km)) - km).abs() < 1e-3, "{km}");
        }
    }

    #[test]
    fn a_quarter_of_a_meridian_is_ten_thousand_kilometres() {
        let quarter = km_of_chord(chord_square(on_sphere(0.0, 37.0), on_sphere(90.0, 0.0)).sqrt());
        assert!((quarter - 10_007.5).abs() < 1.0, "{quarter}");
    }
}
