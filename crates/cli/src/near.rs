//! `toponym near`: places by point.

use super::listing::{self, ListFormat, Listed};
use super::{Gazetteers, Outcome, finished};
use crate::messages::tell;
use clap::Args;
use std::process::ExitCode;
use toponym::gazetteer::LatLonBox;

/// Find the places near a point, the nearest first.
///
/// Of each place: distance in kilometres, then as for `lookup`. Exit code 1 when there is none.
#[derive(Args)]
#[command(after_long_help = "\
Examples:
  toponym near 36.2,37.16
  toponym near -33.87,151.21 --km 5 -n 50
  toponym near --bbox 35.7,33,42.4,37.4 -n 20
  toponym near 36.2,37.16 --format json | jq '.[].name'")]
pub struct Near {
    /// Latitude and longitude in degrees, such as 36.2,37.16.
    #[arg(value_name = "LAT,LON", value_parser = point, allow_hyphen_values = true, required_unless_present = "bbox")]
    point: Option<(f64, f64)>,
    /// Find the places in a box instead, the better known first: west, south, east and north in degrees. A box whose
    /// west is greater than its east crosses the antimeridian.
    #[arg(long, value_name = "W,S,E,N", allow_hyphen_values = true, conflicts_with = "point")]
    bbox: Option<LatLonBox>,
    /// Greatest distance in kilometres.
    #[arg(long, value_name = "KM", default_value_t = 50.0, value_parser = kilometres, allow_hyphen_values = true)]
    km: f64,
    /// Show at most this many places.
    #[arg(short = 'n', long, default_value_t = 10, value_parser = super::at_least_one)]
    limit: usize,
    /// Output format [default: table on a terminal, else tsv]
    #[arg(short, long, value_enum)]
    format: Option<ListFormat>,
    #[command(flatten)]
    gazetteers: Gazetteers,
}

impl Near {
    /// Runs the command.
    pub fn run(self) -> Outcome {
        let gazetteer = self.gazetteers.open()?;
        let boxed = self.bbox.iter().flat_map(|area| gazetteer.within(area)).take(self.limit);
        let boxed = boxed.map(|place| Listed { place, km: None, hit: None });
        let near = self.point.iter().flat_map(|&(lat, lon)| gazetteer.near(lat, lon, self.km, self.limit));
        let near = near.map(|(place, km)| Listed { place, km: Some(km), hit: None });
        let found: Vec<Listed> = boxed.chain(near).collect();
        listing::write(&found, self.format)?;
        if !found.is_empty() {
            return finished(&gazetteer, ExitCode::SUCCESS);
        }
        match self.point {
            Some((lat, lon)) => tell!("toponym: no place within {} km of {lat},{lon}; try a larger --km", self.km),
            None => tell!("toponym: no place in this box; it is west, south, east, north in degrees"),
        }
        Ok(ExitCode::from(super::SOME_FAILED))
    }
}

fn kilometres(text: &str) -> Result<f64, String> {
    text.parse().ok().filter(|km: &f64| *km > 0.0).ok_or_else(|| "give a distance in kilometres over 0".to_owned())
}

fn point(text: &str) -> Result<(f64, f64), String> {
    let form = "give latitude and longitude in degrees with a comma between, such as 36.2,37.16";
    let (lat, lon) = text.split_once(',').ok_or(form)?;
    let number = |text: &str| text.trim().parse::<f64>().map_err(|_| form);
    let (lat, lon) = (number(lat)?, number(lon)?);
    if !(-90.0..=90.0).contains(&lat) {
        return Err(format!("latitude {lat} is not between -90 and 90; {form}"));
    }
    if !(-180.0..=180.0).contains(&lon) {
        return Err(format!("longitude {lon} is not between -180 and 180; {form}"));
    }
    Ok((lat, lon))
}
