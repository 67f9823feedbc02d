//! `toponym near`: places by point.

use super::{Outcome, describe};
use clap::Args;
use std::io::Write;
use std::process::ExitCode;

/// Find the places near a point, the nearest first.
///
/// One line a place: distance in kilometres, then as for `lookup`. Exit code 1 when there is none.
#[derive(Args)]
pub struct Near {
    /// Latitude and longitude in degrees, such as 36.2,37.16.
    #[arg(value_name = "LAT,LON", value_parser = point, allow_hyphen_values = true)]
    point: (f64, f64),
    /// No farther than this many kilometres.
    #[arg(long, value_name = "KM", default_value_t = 50.0, value_parser = kilometres, allow_hyphen_values = true)]
    km: f64,
    /// Show at most this many places.
    #[arg(short = 'n', long, default_value_t = 10, value_parser = super::at_least_one)]
    limit: usize,
}

impl Near {
    /// Runs the command.
    pub fn run(self) -> Outcome {
        let gazetteer = toponym::embedded()?;
        let mut out = std::io::stdout().lock();
        let near = gazetteer.near(self.point.0, self.point.1, self.km, self.limit);
        for (place, km) in &near {
            writeln!(out, "{km:.2} km\t{}", describe(place))?;
        }
        if near.is_empty() {
            let (lat, lon) = self.point;
            eprintln!("toponym: no place within {} km of {lat},{lon}; try a larger --km", self.km);
            return Ok(ExitCode::from(super::SOME_FAILED));
        }
        Ok(ExitCode::SUCCESS)
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
