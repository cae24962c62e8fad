#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| okr_fuzz::evidence(bytes));
