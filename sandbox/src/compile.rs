//! How the guest is compiled: what the build script and the running program
//! must agree on, so that code compiled by one can be loaded by the other.

/// The shadow stack of the guest in bytes: what its linker was told.
pub(crate) const STACK_BYTES: u32 = 16 << 20;

/// More than any function of the guest takes from that stack; the build checks it.
pub(crate) const LARGEST_FRAME_BYTES: u32 = 64 << 10;

/// Settings that decide what code looks like. Everything else (allocation,
/// stacks) may differ between the build and the run.
pub(crate) fn config() -> wasmtime::Config {
    let mut config = wasmtime::Config::new();
    config
        .epoch_interruption(true)
        .concurrency_support(false)
        .cranelift_opt_level(wasmtime::OptLevel::Speed)
        .cranelift_nan_canonicalization(true)
        .wasm_backtrace_max_frames(None)
        .generate_address_map(false)
        // Native unwinding through guest frames is for debuggers only.
        .native_unwind_info(cfg!(windows))
        .memory_init_cow(true);
    config
}
