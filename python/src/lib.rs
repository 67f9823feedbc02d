//! The native module of the Python package `pytoponym`: the library behind Python's types, and the program.
//!
//! What takes long runs without the interpreter's lock. Unsafe code is allowed once, in `arrow/input.rs`, where Python hands
//! over a table by a pointer.

mod alternative;
mod annotations;
mod arrow;
mod document;
mod errors;
mod export;
mod fork;
mod gazetteer;
mod geoparser;
mod hit;
mod json;
mod mention;
mod options;
mod parse_many;
mod place;
mod pool;
mod program;
mod relative;
mod state;
mod wait;

/// Classes and functions in native code; `pytoponym` re-exports those that are public.
#[pyo3::pymodule]
mod _native {
    #[pymodule_export]
    use crate::alternative::{Alternative, Focus};
    #[pymodule_export]
    use crate::annotations::Annotations;
    #[pymodule_export]
    use crate::arrow::{ArrowStream, features_arrow};
    #[pymodule_export]
    use crate::export::write;
    #[pymodule_export]
    use crate::fork::{after_fork, before_fork};
    #[pymodule_export]
    use crate::gazetteer::{BadRow, Credit, GazetteerInfo, Tally, build, info};
    #[pymodule_export]
    use crate::geoparser::Geoparser;
    #[pymodule_export]
    use crate::hit::Hit;
    #[pymodule_export]
    use crate::mention::Mention;
    #[pymodule_export]
    use crate::parse_many::ParseMany;
    #[pymodule_export]
    use crate::place::Place;
    #[pymodule_export]
    use crate::program::run_program;
    #[pymodule_export]
    use crate::relative::Relative;
    #[pymodule_export]
    use crate::state::{annotations_from_state, mention_from_state, place_from_state, relative_from_state};

    #[pymodule_init]
    fn init(module: &pyo3::Bound<'_, pyo3::types::PyModule>) -> pyo3::PyResult<()> {
        use pyo3::types::PyModuleMethods;
        crate::pool::quiet_caught_panics();
        module.add("__version__", env!("CARGO_PKG_VERSION"))
    }
}
