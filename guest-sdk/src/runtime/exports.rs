//! The runtime's only door as Wasm.
//!
//! The host allocates input with `retort_alloc`, writes a message there and
//! passes it to one of the others, which answer with the place of an encoded
//! message (`pointer << 32 | length`) that stays until the next call:
//! `retort_inspect` takes a `Start` and answers `Result<Inspection, ScriptError>`,
//! `retort_start` takes the same and `retort_resume` a `Resume`, and both answer
//! a `Step`.

#![expect(unsafe_code, reason = "the boundary hands over raw memory")]

use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::RefCell;

use serde::Serialize;

use super::Runtime;
use super::builtins::memory;
use super::errors;
use crate::contract::{AbortKind, Now, Resume, Start, decode, encode};

#[link(wasm_import_module = "retort")]
unsafe extern "C" {
    /// Tells the host why the guest gives up, before it traps.
    fn abort(kind: u32, ptr: u32, len: u32);
}

unsafe extern "C" {
    /// The C library's constructors. Naming them keeps the linker from calling
    /// them, and their destructors, around every export.
    fn __wasm_call_ctors();
}

thread_local! {
    static RUNTIME: RefCell<Option<Runtime>> = const { RefCell::new(None) };
    static INPUT: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
    static OUTPUT: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
}

/// The system's allocator, which tells the host when it has nothing left.
struct Allocator;

#[global_allocator]
static ALLOCATOR: Allocator = Allocator;

// SAFETY: every method forwards to `System` with the caller's own arguments.
unsafe impl GlobalAlloc for Allocator {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        // SAFETY: the caller keeps the contract of `alloc`.
        checked(unsafe { System.alloc(layout) }, layout.size())
    }

    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        // SAFETY: the caller keeps the contract of `alloc_zeroed`.
        checked(unsafe { System.alloc_zeroed(layout) }, layout.size())
    }

    unsafe fn realloc(&self, ptr: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        memory::released(layout.size());
        // SAFETY: the caller keeps the contract of `realloc`.
        checked(unsafe { System.realloc(ptr, layout, size) }, size)
    }

    unsafe fn dealloc(&self, ptr: *mut u8, layout: Layout) {
        memory::released(layout.size());
        // SAFETY: the caller keeps the contract of `dealloc`.
        unsafe { System.dealloc(ptr, layout) }
    }
}

fn checked(allocated: *mut u8, size: usize) -> *mut u8 {
    if allocated.is_null() {
        // SAFETY: the import takes plain numbers; the length carries the size wanted.
        unsafe { abort(AbortKind::OutOfMemory as u32, 0, size as u32) };
        std::arch::wasm32::unreachable();
    }
    memory::allocated(size);
    allocated
}

fn give_up(kind: AbortKind, message: &str) -> ! {
    // SAFETY: the message stays alive for the call.
    unsafe { abort(kind as u32, message.as_ptr() as u32, message.len() as u32) };
    std::arch::wasm32::unreachable()
}

/// Builds the realm, before the module's memory is kept as its image.
#[unsafe(export_name = "wizer-initialize")]
extern "C" fn initialize() {
    // SAFETY: called once, before anything else of this module runs.
    unsafe { __wasm_call_ctors() };
    std::panic::set_hook(Box::new(|info| {
        let is_recursion = info
            .location()
            .is_some_and(|at| errors::is_recursion(at.file()));
        let kind = if is_recursion {
            AbortKind::Stack
        } else {
            AbortKind::Panic
        };
        give_up(kind, &info.to_string())
    }));
    warm_up();
    RUNTIME.set(Some(Runtime::new()));
    boa_gc::force_collect();
}

/// Runs a script in a realm of its own, so that what is initialised at first
/// use is part of the image.
fn warm_up() {
    let source = include_str!("warm_up.ts");
    let start = Start {
        version: crate::contract::VERSION,
        source,
        seed: [0; 32],
        now: Now {
            unix_ms: 0.0,
            elapsed_ms: 0.0,
        },
        api: &encode(&crate::contract::Api::default()),
        limits: crate::contract::GuestLimits::default(),
        time_zone: "UTC",
    };
    Runtime::new().start(&start);
}

/// Room for `len` bytes of input, until the next call.
#[unsafe(export_name = "retort_alloc")]
extern "C" fn alloc(len: u32) -> *mut u8 {
    INPUT.with_borrow_mut(|input| {
        *input = vec![0; len as usize];
        input.as_mut_ptr()
    })
}

/// Inspects the script of an encoded `Start`, which may then be started.
#[unsafe(export_name = "retort_inspect")]
extern "C" fn inspect(_ptr: u32, len: u32) -> u64 {
    answer(len, |runtime, bytes| {
        Some(runtime.inspect(&decode::<Start<'_>>(bytes).ok()?))
    })
}

/// Starts the script of an encoded `Start`.
#[unsafe(export_name = "retort_start")]
extern "C" fn start(_ptr: u32, len: u32) -> u64 {
    answer(len, |runtime, bytes| {
        Some(runtime.start(&decode::<Start<'_>>(bytes).ok()?))
    })
}

/// Continues the script with an encoded `Resume`.
#[unsafe(export_name = "retort_resume")]
extern "C" fn resume(_ptr: u32, len: u32) -> u64 {
    answer(len, |runtime, bytes| {
        Some(runtime.resume(&decode::<Resume<'_>>(bytes).ok()?))
    })
}

fn answer<T: Serialize>(len: u32, run: impl FnOnce(&mut Runtime, &[u8]) -> Option<T>) -> u64 {
    let input = INPUT.take();
    let message = RUNTIME.with_borrow_mut(|runtime| {
        let bytes = input.get(..len as usize)?;
        run(runtime.as_mut()?, bytes)
    });
    let Some(message) = message else {
        give_up(
            AbortKind::BadMessage,
            "a message of the host did not decode",
        );
    };
    drop(input);
    OUTPUT.with_borrow_mut(|output| {
        *output = encode(&message);
        (output.as_ptr() as u64) << 32 | output.len() as u64
    })
}
