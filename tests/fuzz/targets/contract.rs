//! Bytes from a guest: they decode to a step or to an error, and a step that
//! decoded says the same when it is encoded again.
#![no_main]

use libfuzzer_sys::fuzz_target;
use retort_sandbox::contract::{Api, Resume, Start, Step, decode, encode};

fuzz_target!(|bytes: &[u8]| {
    if let Ok(step) = decode::<Step>(bytes) {
        // Not compared as values: a clock may be NaN.
        let again = encode(&step);
        let step = decode::<Step>(&again).expect("what was encoded decodes");
        assert_eq!(encode(&step), again);
    }
    let _ = decode::<Start<'_>>(bytes);
    let _ = decode::<Resume<'_>>(bytes);
    let _ = decode::<Api>(bytes);
});
