//! The process-wide part: compiled guest, instance pool, epoch clock.

use std::path::PathBuf;
use std::sync::{Arc, OnceLock};

use wasmtime::{InstanceAllocationStrategy, InstancePre, Linker, Module, PoolingAllocationConfig};

use crate::limits::Meter;
use crate::snapshot::Base;
use crate::ticker::Ticker;
use crate::{artifact, compile, imports};

/// Native stack a guest may use.
const WASM_STACK_BYTES: usize = 8 << 20;
/// What the host's own functions need on top of that.
const HOST_STACK_BYTES: usize = 1 << 20;

/// How an [`Engine`] is set up.
#[derive(Debug, Clone)]
pub struct EngineOptions {
    /// Folder for compiled code, created if missing and private to the user.
    /// Without one the code is loaded into memory, at 20 MB more.
    pub cache_dir: Option<PathBuf>,
    /// Executions that may exist at once, waiting ones included.
    pub max_instances: u32,
}

impl Default for EngineOptions {
    fn default() -> Self {
        Self {
            cache_dir: None,
            max_instances: 100,
        }
    }
}

/// Why an engine or an execution could not be made.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum EngineError {
    /// The guest's code cannot be loaded or compiled.
    #[error("cannot load the sandbox's code")]
    Load(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// The thread that interrupts guests cannot be started.
    #[error("cannot start the epoch thread")]
    Thread(#[source] std::io::Error),
    /// All instances are in use, or the system has no memory for one more.
    #[error("cannot make another instance")]
    Instantiate(#[source] Box<dyn std::error::Error + Send + Sync>),
}

/// Runs executions. Cheap to clone; one a process is enough.
#[derive(Clone)]
pub struct Engine {
    pub(crate) shared: Arc<Shared>,
}

pub(crate) struct Shared {
    pub(crate) engine: wasmtime::Engine,
    pub(crate) guest: InstancePre<Meter>,
    pub(crate) ticker: Ticker,
    /// Memory of a fresh instance; read at the first snapshot.
    pub(crate) base: OnceLock<Base>,
}

impl std::fmt::Debug for Engine {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Engine").finish_non_exhaustive()
    }
}

impl Engine {
    /// Loads the guest. Takes a millisecond when `cache_dir` holds its code,
    /// some ten without, and seconds where it has to be compiled first.
    ///
    /// # Errors
    /// [`EngineError::Load`] and [`EngineError::Thread`].
    pub fn new(options: &EngineOptions) -> Result<Self, EngineError> {
        let load = |error: wasmtime::Error| EngineError::Load(error.into());
        let engine = runtime(options).map_err(load)?;
        let module = artifact::load(&engine, options.cache_dir.as_deref()).map_err(load)?;
        let guest = link(&engine, &module).map_err(load)?;
        let ticker = Ticker::start(&engine).map_err(EngineError::Thread)?;
        Ok(Self {
            shared: Arc::new(Shared {
                engine,
                guest,
                ticker,
                base: OnceLock::new(),
            }),
        })
    }
}

/// A pool of instances where address space allows, one by one where not.
fn runtime(options: &EngineOptions) -> wasmtime::Result<wasmtime::Engine> {
    let mut config = compile::config();
    config
        .max_wasm_stack(WASM_STACK_BYTES)
        .async_stack_size(WASM_STACK_BYTES + HOST_STACK_BYTES)
        .async_stack_zeroing(true);
    let mut pool = PoolingAllocationConfig::new();
    pool.total_memories(options.max_instances)
        .total_core_instances(options.max_instances)
        .total_tables(options.max_instances)
        .total_stacks(options.max_instances)
        .table_elements(20_000)
        .max_memories_per_module(1)
        .max_tables_per_module(1)
        .linear_memory_keep_resident(0)
        .async_stack_keep_resident(64 << 10);
    let mut pooled = config.clone();
    pooled.allocation_strategy(InstanceAllocationStrategy::Pooling(pool));
    wasmtime::Engine::new(&pooled).or_else(|_| wasmtime::Engine::new(&config))
}

fn link(engine: &wasmtime::Engine, module: &Module) -> wasmtime::Result<InstancePre<Meter>> {
    let mut linker = Linker::new(engine);
    imports::define(&mut linker)?;
    linker.instantiate_pre(module)
}
