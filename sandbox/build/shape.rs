//! What the sandbox relies on, checked in the guest that will be shipped:
//! memory and stack pointer are all of its state, the stack lies first, and
//! its imports are the few the host defines.

use std::error::Error;

use wasmparser::{DataKind, Operator, Parser, Payload, TypeRef};

use crate::compile::STACK_BYTES;

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
                for global in globals {
                    let global = global?;
                    if global.ty.mutable {
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
