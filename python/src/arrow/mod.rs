//! Tables of Arrow, in and out.

mod columns;
mod features;
mod input;
mod mentions;
mod parse;
mod stream;

pub use features::features_arrow;
pub use input::Named;
pub use parse::parse;
pub use stream::ArrowStream;
