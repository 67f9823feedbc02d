//! Unpacks the base map, so that the crate holds it as text.

use std::io::Read;
use std::path::PathBuf;

fn main() {
    println!("cargo::rerun-if-changed=basemap.tsv.zst");
    let packed = std::fs::read("basemap.tsv.zst").expect("the base map is there");
    let mut decoder = ruzstd::decoding::StreamingDecoder::new(packed.as_slice()).expect("the base map is compressed");
    let mut plain = Vec::new();
    decoder.read_to_end(&mut plain).expect("the base map is whole");
    let out = PathBuf::from(std::env::var_os("OUT_DIR").expect("cargo sets OUT_DIR"));
    std::fs::write(out.join("basemap.tsv"), plain).expect("cargo's output folder can be written");
}
