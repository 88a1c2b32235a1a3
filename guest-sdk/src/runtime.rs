//! The JavaScript runtime: one realm, one script, driven step by step.
//!
//! Owns everything a script sees. Must not know how it is hosted: the same code
//! runs natively under test and as Wasm, where `exports` is its only door.
//! Start at [`Runtime`].

pub(crate) mod builtins;
pub(crate) mod environment;
