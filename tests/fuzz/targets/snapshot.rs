//! Snapshot files from anywhere: refused with an error, or read back the same.
#![no_main]

use libfuzzer_sys::fuzz_target;
use retort_sandbox::Snapshot;

fuzz_target!(|bytes: &[u8]| {
    if let Ok(snapshot) = Snapshot::from_bytes(bytes) {
        let again = Snapshot::from_bytes(&snapshot.to_bytes()).expect("its own bytes");
        assert_eq!(again, snapshot);
    }
});
