//! What a pattern means on the ground, by the names that the grammar's table uses.

/// The shape of an area relative to its anchors; `docs/RELATIONS.md` tells how each is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Shape {
    /// Away in a direction: "north of".
    Sector,
    /// At a distance in whatever direction: "20 km from".
    Ring,
    /// Up to a distance: "within 10 km of".
    Within,
    /// Round the anchor but not in it: "outside".
    Outside,
    /// In the anchor or not far: "near".
    Near,
    /// The part of the anchor on one side: "northern".
    Part,
    /// The same with the side told by the word: "upstate".
    North,
    /// Likewise: "downstate".
    South,
    /// The middle of the anchor: "central".
    Core,
    /// Its edge: "outskirts of".
    Outskirts,
    /// Its edge and beyond: "suburbs of".
    Suburbs,
    /// The land around: "countryside of".
    Countryside,
    /// From one anchor to the other.
    Between,
    /// On both sides of a border.
    Border,
    /// The land along the sea.
    Coast,
    /// The sea along the land: "off the coast of".
    Offshore,
    /// On both sides of a river.
    Along,
}

impl Shape {
    /// The shape with this name.
    pub fn named(name: &str) -> Option<Shape> {
        Some(match name {
            "sector" => Shape::Sector,
            "ring" => Shape::Ring,
            "within" => Shape::Within,
            "outside" => Shape::Outside,
            "near" => Shape::Near,
            "part" => Shape::Part,
            "north" => Shape::North,
            "south" => Shape::South,
            "core" => Shape::Core,
            "outskirts" => Shape::Outskirts,
            "suburbs" => Shape::Suburbs,
            "countryside" => Shape::Countryside,
            "between" => Shape::Between,
            "border" => Shape::Border,
            "coast" => Shape::Coast,
            "offshore" => Shape::Offshore,
            "along" => Shape::Along,
            _ => return None,
        })
    }
}
