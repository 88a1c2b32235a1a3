//! What is wrong with a script, told before it runs.
//!
//! The guest says what a script's source says ([`Inspection`]); here it is
//! compared with the catalog. What cannot be told is left alone: a check may
//! miss a mistake, it must not refuse a script that is right. Nothing here
//! parses source or calls a tool. Start at [`check`].

mod finding;
mod names;
mod promises;

use retort_guest::contract::Inspection;

pub use self::finding::{Finding, FindingKind, Findings, Severity, write_place};

use self::finding::Report;
use crate::catalog::Catalog;

/// Everything that is wrong, in the order of the source, the first twenty of
/// each severity.
///
/// # Cost
/// Some microseconds for each place that names the API. The first check of a
/// tool's arguments compiles its schema, which may take milliseconds, so it
/// belongs off the async threads. The compiled schema is kept in `catalog`.
pub fn check(inspection: &Inspection, catalog: &Catalog) -> Findings {
    let mut report = Report::default();
    names::report(inspection, catalog, &mut report);
    promises::report(inspection, &mut report);
    report.finish()
}

#[cfg(test)]
mod tests;
