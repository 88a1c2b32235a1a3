//! A waiting execution as bytes: what its memory has that a fresh one has not.
//!
//! A snapshot holds the 4-KiB pages that differ from the pre-initialised
//! image, without the dead part of the stack, each combined with the image by
//! exclusive or (which leaves mostly zeros) and compressed with LZ4. With them
//! go the stack pointer, the limits, what was used of them, and the calls
//! without an answer. It fits only the guest it was taken from.

mod pages;

use retort_guest::contract;
use serde::{Deserialize, Serialize};
use wasmtime::Val;

use crate::artifact;
use crate::compile::STACK_BYTES;
use crate::engine::{Engine, EngineError};
use crate::execution::Execution;
use crate::instance::Live;
use crate::limits::{Cancel, Limits, Meter, Usage};

pub(crate) use pages::Base;
use pages::{PAGE_BYTES, Pages};

/// First bytes of every snapshot; the last one counts formats.
const MAGIC: [u8; 8] = *b"retort\0\x01";
/// Bytes of one page of WebAssembly memory.
const WASM_PAGE_BYTES: u64 = 64 << 10;
/// Outstanding calls a snapshot may name.
const MAX_OUTSTANDING: usize = 100_000;

/// An execution between two steps. See the module's documentation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Snapshot {
    header: Header,
    pages: Pages,
}

/// Everything but the memory.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Header {
    guest: [u8; 32],
    memory_bytes: u64,
    stack_pointer: u32,
    limits: Limits,
    usage: Usage,
    outstanding: Vec<u32>,
}

/// Why a snapshot could not be taken, read or restored.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum SnapshotError {
    /// The execution is over: there is nothing to go on with.
    #[error("the execution has ended")]
    Ended,
    /// The bytes are not a snapshot, or a damaged one.
    #[error("not a snapshot: {0}")]
    Malformed(&'static str),
    /// It was taken by another version of the sandbox.
    #[error("the snapshot belongs to another version of the sandbox")]
    OtherGuest,
    /// No instance to restore it into.
    #[error(transparent)]
    Engine(#[from] EngineError),
}

impl Snapshot {
    /// The snapshot as bytes for a file.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = MAGIC.to_vec();
        bytes.extend(contract::encode(&(&self.header, &self.pages)));
        bytes
    }

    /// Reads what [`Self::to_bytes`] wrote. The bytes may come from anywhere;
    /// numbers and sizes are checked before anything is allocated for them.
    ///
    /// # Errors
    /// [`SnapshotError::Malformed`] and [`SnapshotError::OtherGuest`].
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, SnapshotError> {
        let body = bytes
            .strip_prefix(&MAGIC)
            .ok_or(SnapshotError::Malformed("it does not begin like one"))?;
        let (header, pages): (Header, Pages) = contract::decode(body)
            .map_err(|_| SnapshotError::Malformed("its header or page table is damaged"))?;
        let snapshot = Self { header, pages };
        snapshot.check()?;
        Ok(snapshot)
    }

    /// Bytes it takes, compressed, but for a short header.
    pub fn compressed_bytes(&self) -> usize {
        self.pages.compressed_bytes()
    }

    /// Calls the execution waits for, in the order they were made.
    pub fn outstanding(&self) -> &[u32] {
        &self.header.outstanding
    }

    fn check(&self) -> Result<(), SnapshotError> {
        let header = &self.header;
        if header.guest != artifact::identity() {
            return Err(SnapshotError::OtherGuest);
        }
        if header.memory_bytes > header.limits.memory_bytes
            || header.memory_bytes > u64::from(u32::MAX)
            || !header.memory_bytes.is_multiple_of(WASM_PAGE_BYTES)
        {
            return Err(SnapshotError::Malformed(
                "its memory is larger than its limit",
            ));
        }
        if header.stack_pointer > STACK_BYTES || header.outstanding.len() > MAX_OUTSTANDING {
            return Err(SnapshotError::Malformed(
                "its stack or its calls are out of range",
            ));
        }
        self.pages
            .check(header.memory_bytes as usize)
            .map_err(SnapshotError::Malformed)
    }
}

impl Execution {
    /// Takes a snapshot. The execution can go on.
    ///
    /// # Errors
    /// [`SnapshotError::Ended`], or [`SnapshotError::Engine`] where the first
    /// snapshot of a process finds no instance to compare with.
    pub fn snapshot(&mut self) -> Result<Snapshot, SnapshotError> {
        let engine = self.engine.clone();
        let usage = self.usage();
        let live = self.live.as_mut().ok_or(SnapshotError::Ended)?;
        let base = base(&engine)?;
        let stack_pointer = live.stack_pointer();
        let memory = live.memory.data(&live.store);
        Ok(Snapshot {
            header: Header {
                guest: artifact::identity(),
                memory_bytes: memory.len() as u64,
                stack_pointer,
                limits: self.limits.clone(),
                usage,
                outstanding: self.outstanding.clone(),
            },
            pages: Pages::collect(base, memory, stack_pointer as usize),
        })
    }

    /// Goes on where a snapshot was taken, with what was left of its limits.
    ///
    /// # Errors
    /// [`SnapshotError::OtherGuest`], [`SnapshotError::Malformed`] where its
    /// pages do not decompress, [`SnapshotError::Engine`].
    pub fn restore(
        engine: &Engine,
        snapshot: &Snapshot,
        cancel: &Cancel,
    ) -> Result<Self, SnapshotError> {
        snapshot.check()?;
        let header = &snapshot.header;
        let mut live = Live::new(engine, Meter::new(&header.limits, header.usage, cancel))?;
        grow(&mut live, header.memory_bytes)?;
        live.stack_pointer
            .set(&mut live.store, Val::I32(header.stack_pointer as i32))
            .map_err(|_| SnapshotError::Malformed("the guest has no such stack"))?;
        snapshot
            .pages
            .apply(live.memory.data_mut(&mut live.store))
            .map_err(SnapshotError::Malformed)?;
        Ok(Self::restored(
            engine,
            live,
            header.limits.clone(),
            header.outstanding.clone(),
        ))
    }

    /// The memory above the stack, for comparing two executions.
    ///
    /// # Errors
    /// [`SnapshotError::Ended`].
    pub fn memory(&mut self) -> Result<&[u8], SnapshotError> {
        let live = self.live.as_mut().ok_or(SnapshotError::Ended)?;
        let from = live.stack_pointer() as usize / PAGE_BYTES * PAGE_BYTES;
        Ok(&live.memory.data(&live.store)[from..])
    }
}

fn grow(live: &mut Live, memory_bytes: u64) -> Result<(), SnapshotError> {
    let now = live.memory.data_size(&live.store) as u64;
    let missing = memory_bytes
        .checked_sub(now)
        .ok_or(SnapshotError::Malformed(
            "its memory is smaller than the image",
        ))?;
    if missing > 0 {
        crate::instance::complete(
            live.memory
                .grow_async(&mut live.store, missing / WASM_PAGE_BYTES),
        )
        .map_err(|error| EngineError::Instantiate(error.into()))?;
    }
    Ok(())
}

/// The image every snapshot is compared with: read once from a fresh instance.
fn base(engine: &Engine) -> Result<&Base, SnapshotError> {
    if let Some(base) = engine.shared.base.get() {
        return Ok(base);
    }
    let meter = Meter::new(&Limits::default(), Usage::default(), &Cancel::default());
    let live = Live::new(engine, meter)?;
    let base = Base::read(live.memory.data(&live.store), STACK_BYTES as usize);
    Ok(engine.shared.base.get_or_init(|| base))
}
