//! The vocabulary of the patterns' right-hand sides: what a pattern means, as the table and the output name it.

macro_rules! named {
    ($(#[$doc:meta])* $type:ident { $($(#[$variant_doc:meta])* $variant:ident = $name:literal,)* }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum $type {
            $($(#[$variant_doc])* $variant,)*
        }

        impl $type {
            /// The value with this name.
            pub fn named(name: &str) -> Option<Self> {
                match name {
                    $($name => Some($type::$variant),)*
                    _ => None,
                }
            }

            /// Its name: one word.
            pub fn name(self) -> &'static str {
                match self {
                    $($type::$variant => $name,)*
                }
            }
        }
    };
}

named! {
    /// A construct of the language of place, as the output names it in `relation`.
    Construct {
        /// "20 km north of".
        Distance = "distance",
        /// "northwest of".
        Direction = "direction",
        /// "northern".
        Part = "part",
        /// "central".
        Central = "central",
        /// "the outskirts of".
        Outskirts = "outskirts",
        /// "the suburbs of".
        Suburbs = "suburbs",
        /// "the countryside of".
        Countryside = "countryside",
        /// "between Homs and Hama".
        Between = "between",
        /// "the Homs-Hama highway".
        Route = "route",
        /// "near".
        Near = "near",
        /// "around".
        Around = "around",
        /// "outside".
        Outside = "outside",
        /// "off the coast of".
        Offshore = "offshore",
        /// "the Syrian coast".
        Coast = "coast",
        /// "the Turkish border".
        Border = "border",
        /// "along the Euphrates".
        Along = "along",
    }
}

named! {
    /// The shape of an area relative to its anchors; `docs/RELATIONS.md` describes how each is drawn.
    Shape {
        /// Away in a direction: "north of".
        Sector = "sector",
        /// At a distance in any direction: "20 km from".
        Ring = "ring",
        /// Up to a distance: "within 10 km of".
        Within = "within",
        /// Around the anchor but not in it: "outside".
        Outside = "outside",
        /// In the anchor or not far from it: "near".
        Near = "near",
        /// The part of the anchor on one side: "northern".
        Part = "part",
        /// The northern part, where one word says so: "upstate".
        North = "north",
        /// The southern part, where one word says so: "downstate".
        South = "south",
        /// The middle of the anchor: "central".
        Core = "core",
        /// Its edge: "outskirts of".
        Outskirts = "outskirts",
        /// Its edge and beyond: "suburbs of".
        Suburbs = "suburbs",
        /// The land around it: "countryside of".
        Countryside = "countryside",
        /// From one anchor to the other.
        Between = "between",
        /// On both sides of a border.
        Border = "border",
        /// The land along the sea.
        Coast = "coast",
        /// The sea along the land: "off the coast of".
        Offshore = "offshore",
        /// On both sides of a river, or on the one that is stated.
        Along = "along",
        /// On the left of a river, looking downstream.
        LeftBank = "left-bank",
        /// On its right.
        RightBank = "right-bank",
    }
}
