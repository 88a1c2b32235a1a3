//! The guest as it was built: pre-initialised from fixed inputs, and of the
//! shape the sandbox relies on.

#[path = "../src/compile.rs"]
mod compile;
#[path = "../src/imports.rs"]
mod imports;
#[path = "../build/preinit.rs"]
mod preinit;
#[path = "../build/shape.rs"]
mod shape;

/// Before and after pre-initialisation, as the build script left them.
static RAW: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/guest.raw.wasm"));
static INITIALISED: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/guest.wasm"));

#[test]
fn pre_initialising_again_gives_the_same_bytes() {
    let engine = wasmtime::Engine::new(&compile::config()).expect("the settings fit");
    let again = preinit::preinitialise(&engine, RAW).expect("it worked before");
    assert!(again == INITIALISED, "two builds of one guest differ");
}

#[test]
fn the_stack_lies_first_and_its_pointer_is_the_only_mutable_global() {
    shape::check(INITIALISED).expect("the build script checked the same");
}

#[test]
fn a_guest_that_wants_more_is_refused() {
    // (module (import "wasi_snapshot_preview1" "path_open" (func)))
    let wants_files: &[u8] = b"\0asm\x01\0\0\0\x01\x04\x01\x60\0\0\x02\x24\x01\
        \x16wasi_snapshot_preview1\x09path_open\0\0";
    let error = shape::check(wants_files).expect_err("no host opens files");
    assert!(error.to_string().contains("path_open"), "{error}");
    // (module (global (mut i32) (i32.const 1)))
    let other_state: &[u8] = b"\0asm\x01\0\0\0\x06\x06\x01\x7f\x01\x41\x01\x0b";
    let error = shape::check(other_state).expect_err("state beside memory");
    assert!(error.to_string().contains("mutable global"), "{error}");
}

#[test]
fn a_function_that_takes_much_of_the_stack_is_refused() {
    // (func (global.set 0 (i32.sub (global.get 0) (i32.const SIZE)))), in a
    // module whose only global is the stack pointer
    let with_frame = |size: &[u8]| {
        let mut body = vec![0, 0x23, 0, 0x41];
        body.extend(size);
        body.extend([0x6b, 0x24, 0, 0x0b]);
        let mut module = b"\0asm\x01\0\0\0\x01\x04\x01\x60\0\0\x03\x02\x01\0".to_vec();
        module.extend(b"\x06\x09\x01\x7f\x01\x41\x80\x80\x80\x08\x0b");
        module.extend([0x0a, body.len() as u8 + 2, 1, body.len() as u8]);
        module.extend(body);
        module
    };
    // 1 KiB and 1 MiB.
    shape::check(&with_frame(&[0x80, 0x08])).expect("small");
    let error = shape::check(&with_frame(&[0x80, 0x80, 0xc0, 0x00])).expect_err("large");
    assert!(error.to_string().contains("1048576 bytes"), "{error}");
}
