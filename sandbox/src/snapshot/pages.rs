//! Dirty pages: finding, packing, checking and laying them back.

use serde::{Deserialize, Serialize};

/// The unit of comparison.
pub(super) const PAGE_BYTES: usize = 4096;

/// A fresh instance's memory above the stack.
#[derive(Debug)]
pub(crate) struct Base {
    /// Where [`Self::bytes`] begin in memory; below is the stack, all zeros.
    start: usize,
    bytes: Box<[u8]>,
}

impl Base {
    pub(super) fn read(memory: &[u8], start: usize) -> Self {
        Self {
            start,
            bytes: memory.get(start..).unwrap_or_default().into(),
        }
    }

    /// A page as it is in a fresh instance; pages it does not have are zeros.
    fn page(&self, number: usize) -> &[u8] {
        static ZEROS: [u8; PAGE_BYTES] = [0; PAGE_BYTES];
        let at = number * PAGE_BYTES;
        at.checked_sub(self.start)
            .and_then(|at| self.bytes.get(at..at + PAGE_BYTES))
            .unwrap_or(&ZEROS)
    }
}

/// Pages that differ from the base, packed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Pages {
    /// Page numbers, ascending.
    numbers: Vec<u32>,
    /// LZ4 of all pages in a row, each combined with its base page by
    /// exclusive or.
    packed: Vec<u8>,
}

impl Pages {
    /// Compares `memory` from `from` on with `base`.
    pub(super) fn collect(base: &Base, memory: &[u8], from: usize) -> Self {
        let mut numbers = Vec::new();
        let mut differences = Vec::new();
        for (number, page) in memory
            .chunks_exact(PAGE_BYTES)
            .enumerate()
            .skip(from / PAGE_BYTES)
        {
            let fresh = base.page(number);
            if page != fresh {
                numbers.push(number as u32);
                differences.extend(page.iter().zip(fresh).map(|(now, then)| now ^ then));
            }
        }
        Self {
            numbers,
            packed: lz4_flex::compress(&differences),
        }
    }

    pub(super) fn compressed_bytes(&self) -> usize {
        self.packed.len()
    }

    /// Whether the pages lie in a memory of that size.
    pub(super) fn check(&self, memory_bytes: usize) -> Result<(), &'static str> {
        let ascending = self.numbers.windows(2).all(|pair| pair[0] < pair[1]);
        let inside = self
            .numbers
            .last()
            .is_none_or(|last| (*last as usize) < memory_bytes / PAGE_BYTES);
        // LZ4 packs at most 255 bytes into one, so a short input cannot stand
        // for many pages.
        let plausible = self.numbers.len() * PAGE_BYTES <= self.packed.len().saturating_mul(255);
        if ascending && inside && plausible {
            Ok(())
        } else {
            Err("its pages do not fit its memory")
        }
    }

    /// Lays the pages over a fresh instance's memory.
    pub(super) fn apply(&self, memory: &mut [u8]) -> Result<(), &'static str> {
        let len = self.numbers.len() * PAGE_BYTES;
        let differences =
            lz4_flex::decompress(&self.packed, len).map_err(|_| "its pages do not decompress")?;
        if differences.len() != len {
            return Err("its pages do not decompress to their number");
        }
        for (number, difference) in self
            .numbers
            .iter()
            .zip(differences.chunks_exact(PAGE_BYTES))
        {
            let at = *number as usize * PAGE_BYTES;
            let page = memory
                .get_mut(at..at + PAGE_BYTES)
                .ok_or("its pages do not fit its memory")?;
            for (byte, difference) in page.iter_mut().zip(difference) {
                *byte ^= difference;
            }
        }
        Ok(())
    }
}
