//! The base map: coasts, lakes, rivers and borders of Natural Earth in cells, of which a page holds those round its places.

use std::collections::HashMap;
use std::sync::OnceLock;

/// Made by `scripts/make-basemap`, which documents its lines.
const BASEMAP: &str = include_str!(concat!(env!("OUT_DIR"), "/basemap.tsv"));

/// Width and height of a cell, in degrees.
pub const CELL_DEGREES: i32 = 4;

/// Degrees a step of the numbers in a cell.
pub const CELL_STEP: f64 = 0.002;

/// The lines of the cell whose south-west corner is at `west` and `south`, multiples of [`CELL_DEGREES`]; none for a cell that is
/// all land or all sea.
pub fn basemap_cell(west: i32, south: i32) -> &'static str {
    static CELLS: OnceLock<HashMap<(i32, i32), &'static str>> = OnceLock::new();
    let cells = CELLS.get_or_init(|| {
        let cells = BASEMAP.split("cell\t").filter_map(|cell| {
            let (corner, lines) = cell.split_once('\n')?;
            let (west, south) = corner.split_once('\t')?;
            Some(((west.parse().ok()?, south.parse().ok()?), lines))
        });
        cells.collect()
    });
    cells.get(&(west, south)).copied().unwrap_or("")
}

#[cfg(test)]
mod tests {
    use super::{BASEMAP, CELL_DEGREES, CELL_STEP, basemap_cell};

    #[test]
    fn every_shape_lies_in_its_cell() {
        let most = (f64::from(CELL_DEGREES) / CELL_STEP).round() as i64;
        let mut shapes = 0;
        for line in BASEMAP.lines() {
            let (kind, numbers) = line.split_once('\t').expect("a kind and numbers");
            if kind == "cell" {
                continue;
            }
            assert!(["land", "lake", "river", "border"].contains(&kind), "{kind}");
            let numbers: Vec<i64> = numbers.split(' ').map(|number| number.parse().expect("a number")).collect();
            assert!(numbers.len() >= 4 && numbers.len().is_multiple_of(2), "{line}");
            let (mut x, mut y) = (0, 0);
            for step in numbers.chunks(2) {
                (x, y) = (x + step[0], y + step[1]);
                assert!((0..=most).contains(&x) && (0..=most).contains(&y), "{line}");
            }
            shapes += 1;
        }
        assert!(shapes > 10_000, "{shapes}");
    }

    #[test]
    fn cells_have_what_is_in_them() {
        let kinds = |west, south| {
            let lines = basemap_cell(west, south).lines();
            let mut kinds: Vec<&str> = lines.filter_map(|line| Some(line.split_once('\t')?.0)).collect();
            kinds.dedup();
            kinds
        };
        assert_eq!(kinds(36, 36), ["land", "lake", "river", "border"], "the Euphrates, its dams and Syria's border");
        assert_eq!(kinds(-40, 40), [""; 0], "the Atlantic");
        assert_eq!(kinds(4, 44), ["land", "lake", "river", "border"], "Lake Geneva and the Rhône");
    }
}
