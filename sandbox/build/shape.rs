//! What the sandbox relies on, checked in the guest that will be shipped:
//! memory and stack pointer are all of its state, the stack lies first, no
//! function takes much of it, and its imports are the few the host defines.

use std::error::Error;

use wasmparser::{DataKind, FunctionBody, Operator, Parser, Payload, TypeRef};

use crate::compile::{LARGEST_FRAME_BYTES, STACK_BYTES};

const IMPORTS: [(&str, &str); 9] = [
    ("retort", "abort"),
    ("wasi_snapshot_preview1", "clock_time_get"),
    ("wasi_snapshot_preview1", "random_get"),
    ("wasi_snapshot_preview1", "environ_get"),
    ("wasi_snapshot_preview1", "environ_sizes_get"),
    ("wasi_snapshot_preview1", "fd_write"),
    ("wasi_snapshot_preview1", "proc_exit"),
    ("wasi_snapshot_preview1", "sched_yield"),
    ("wasi_snapshot_preview1", "poll_oneoff"),
];

/// # Errors
/// The first thing that is not as it must be.
pub(crate) fn check(wasm: &[u8]) -> Result<(), Box<dyn Error>> {
    let mut stack_pointer = None;
    for payload in Parser::new(0).parse_all(wasm) {
        match payload? {
            Payload::ImportSection(imports) => {
                for import in imports.into_imports() {
                    let import = import?;
                    let known = IMPORTS.contains(&(import.module, import.name));
                    if !known || !matches!(import.ty, TypeRef::Func(_)) {
                        return Err(format!(
                            "the guest imports `{}.{}`, which no host gives it",
                            import.module, import.name
                        )
                        .into());
                    }
                }
            }
            Payload::TableSection(tables) => {
                for table in tables {
                    let table = table?.ty;
                    if table.maximum != Some(table.initial) {
                        return Err("the guest's table can grow".into());
                    }
                }
            }
            Payload::GlobalSection(globals) => {
                let mut mutable = Vec::new();
                for (index, global) in (0..).zip(globals) {
                    let global = global?;
                    if global.ty.mutable {
                        stack_pointer = Some(index);
                        mutable.push(global.init_expr.get_operators_reader().read()?);
                    }
                }
                match mutable.as_slice() {
                    [Operator::I32Const { value }] if *value as u32 == STACK_BYTES => {}
                    other => {
                        return Err(format!(
                            "the guest's only mutable global must be its stack pointer, at {STACK_BYTES}: {other:?}"
                        )
                        .into());
                    }
                }
            }
            Payload::CodeSectionEntry(function) => {
                let frame = frame_bytes(&function, stack_pointer)?;
                if frame > LARGEST_FRAME_BYTES {
                    return Err(format!(
                        "a function of the guest takes {frame} bytes of stack, {LARGEST_FRAME_BYTES} are allowed for"
                    )
                    .into());
                }
            }
            Payload::DataSection(segments) => {
                for segment in segments {
                    if let DataKind::Active { offset_expr, .. } = segment?.kind {
                        match offset_expr.get_operators_reader().read()? {
                            Operator::I32Const { value } if value as u32 >= STACK_BYTES => {}
                            other => {
                                return Err(
                                    format!("data lies in the guest's stack: {other:?}").into()
                                );
                            }
                        }
                    }
                }
            }
            _ => {}
        }
    }
    Ok(())
}

/// What a function takes from the stack: the constant it subtracts from the
/// stack pointer, which compiled code does once, at its start.
fn frame_bytes(
    function: &FunctionBody<'_>,
    stack_pointer: Option<u32>,
) -> Result<u32, Box<dyn Error>> {
    enum Seen {
        Nothing,
        Pointer,
        Size(u32),
    }
    let mut seen = Seen::Nothing;
    let mut frame = None;
    let mut moves = false;
    for operator in function.get_operators_reader()? {
        seen = match (seen, operator?) {
            (_, Operator::GlobalGet { global_index }) if Some(global_index) == stack_pointer => {
                Seen::Pointer
            }
            (Seen::Pointer, Operator::I32Const { value }) => Seen::Size(value as u32),
            (Seen::Size(bytes), Operator::I32Sub) => {
                frame = frame.max(Some(bytes));
                Seen::Nothing
            }
            (_, Operator::GlobalSet { global_index }) if Some(global_index) == stack_pointer => {
                moves = true;
                Seen::Nothing
            }
            _ => Seen::Nothing,
        };
    }
    match frame {
        None if moves => Err("a function of the guest moves its stack by an unknown amount".into()),
        frame => Ok(frame.unwrap_or(0)),
    }
}
