use std::alloc::{GlobalAlloc, Layout, System};

use boa_engine::{Context, Source};

use super::{LEAST_GROWTH, MOST_GROWTH, allocated, due_after, released};

/// Counts what the tests of this crate allocate, as the guest's allocator does.
struct Counting;

#[global_allocator]
static ALLOCATOR: Counting = Counting;

#[expect(unsafe_code, reason = "an allocator cannot be written without")]
// SAFETY: every method forwards to `System` with the caller's own arguments.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        allocated(layout.size());
        // SAFETY: the caller keeps the contract of `alloc`.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, ptr: *mut u8, layout: Layout) {
        released(layout.size());
        // SAFETY: the caller keeps the contract of `dealloc`.
        unsafe { System.dealloc(ptr, layout) }
    }
}

#[test]
fn collections_follow_growth() {
    assert_eq!(due_after(0), LEAST_GROWTH);
    assert_eq!(due_after(40 << 20), 50 << 20);
    assert_eq!(due_after(400 << 20), (400 << 20) + MOST_GROWTH);
}

#[test]
fn garbage_of_strings_is_collected_in_the_middle_of_a_script() {
    let mut context = Context::default();
    super::super::text::install(&mut context).unwrap();
    // The cycles keep a reference count from freeing the strings.
    let script = "const kept = [];
        for (let i = 0; i < 400; i++) {
            const box = { text: 'x'.repeat(1 << 20) };
            box.self = box;
            if (i % 100 === 0) kept.push(box);
        }
        kept.every(box => box.text.length === 1 << 20)";
    let before = super::IN_USE.load(std::sync::atomic::Ordering::Relaxed);
    let value = context.eval(Source::from_bytes(script)).unwrap();
    assert_eq!(value.as_boolean(), Some(true));
    let after = super::IN_USE.load(std::sync::atomic::Ordering::Relaxed);
    assert!(after.saturating_sub(before) < 200 << 20, "{before} {after}");
}
