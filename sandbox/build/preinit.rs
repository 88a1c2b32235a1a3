//! Pre-initialisation: runs the guest until its realm stands and freezes it.
//!
//! The guest's clock and randomness are fixed (see `imports`), so the same
//! wasm always gives the same bytes.

use std::error::Error;
use std::future::Future;
use std::pin::pin;
use std::task::{Context, Poll, Waker};

use wasmtime::{Engine, Instance, Linker, Module, Store, Val};
use wasmtime_wizer::{InstanceState, SnapshotVal, ValType, Wizer};

use crate::compile::STACK_BYTES;
use crate::imports;

/// The export that builds the realm.
const INITIALISE: &str = "wizer-initialize";

/// The guest after its initialisation.
pub(crate) fn preinitialise(engine: &Engine, wasm: &[u8]) -> Result<Vec<u8>, Box<dyn Error>> {
    let mut wizer = Wizer::new();
    wizer.init_func(INITIALISE);
    let (context, instrumented) = wizer.instrument(wasm)?;
    let module = Module::new(engine, &instrumented)?;
    let mut linker = Linker::new(engine);
    imports::define(&mut linker)?;
    let mut store = Store::new(engine, ());
    store.set_epoch_deadline(u64::MAX);
    let instance = complete(linker.instantiate_async(&mut store, &module))??;
    let initialise = instance.get_typed_func::<(), ()>(&mut store, INITIALISE)?;
    complete(initialise.call_async(&mut store, ()))??;
    let mut state = Initialised { store, instance };
    Ok(complete(wizer.snapshot(&context, &mut state))??)
}

/// Nothing here waits for anything.
fn complete<T>(future: impl Future<Output = T>) -> Result<T, Box<dyn Error>> {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(value) => Ok(value),
        Poll::Pending => Err("pre-initialisation yielded".into()),
    }
}

struct Initialised {
    store: Store<()>,
    instance: Instance,
}

impl InstanceState for Initialised {
    async fn global_get(&mut self, name: &str, _type_hint: ValType) -> SnapshotVal {
        let global = self
            .instance
            .get_global(&mut self.store, name)
            .expect("wizer asks for globals it exported itself");
        match global.get(&mut self.store) {
            Val::I32(value) => SnapshotVal::I32(value),
            Val::I64(value) => SnapshotVal::I64(value),
            Val::F32(value) => SnapshotVal::F32(value),
            Val::F64(value) => SnapshotVal::F64(value),
            Val::V128(value) => SnapshotVal::V128(value.as_u128()),
            other => panic!("the guest has a global of an unexpected type: {other:?}"),
        }
    }

    async fn memory_contents(&mut self, name: &str, contents: impl FnOnce(&[u8]) + Send) {
        let memory = self
            .instance
            .get_memory(&mut self.store, name)
            .expect("wizer asks for memories it exported itself");
        let data = memory.data_mut(&mut self.store);
        // What is left on the stack is dead: the stack pointer is back at its start.
        data[..STACK_BYTES as usize].fill(0);
        contents(data);
    }
}
