#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| toponym_fuzz::config(data));
