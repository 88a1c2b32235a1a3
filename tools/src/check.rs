//! What is wrong with a script, told before it runs.
//!
//! The guest says what a script's source says ([`Inspection`]); here it is
//! compared with the catalog. What cannot be told is left alone: a check may
//! miss a mistake, it must not refuse a script that is right. Nothing here
//! parses source or calls a tool. Start at [`check`].

mod arguments;
mod finding;
mod literal;
mod members;
mod names;
mod output;
mod plan;
mod promises;
mod reads;

pub use self::finding::{Finding, FindingKind, Findings, Severity, write_place};
pub use self::plan::{Effect, OpenUse, Plan, PlannedTool, plan};

use retort_guest::contract::{ApiTarget, ApiUse, CallUse, Exposure, Inspection};

use self::finding::Report;
use crate::catalog::{Catalog, ServerState, ToolRef};
use crate::observed::Observed;

/// Everything that is wrong, in the order of the source, the first twenty of
/// each severity.
///
/// # Cost
/// One validation for each call, and nothing that grows with the catalog unless a
/// name is wrong. The first check of a tool's arguments compiles its schema, which
/// is kept in `catalog`; that may take milliseconds, so this belongs off the async
/// threads. After a quarter of a second arguments are left to the calls.
pub fn check(inspection: &Inspection, catalog: &Catalog) -> Findings {
    check_with(inspection, catalog, None)
}

/// The same, with what tools that promise no type were seen to return.
pub fn check_with(
    inspection: &Inspection,
    catalog: &Catalog,
    observed: Option<&Observed>,
) -> Findings {
    let mut report = Report::default();
    names::report(inspection, catalog, &mut report);
    arguments::report(inspection, catalog, &mut report);
    promises::report(inspection, &mut report);
    reads::report(inspection, catalog, observed, &mut report);
    report.finish()
}

/// The calls of tools that are known and not guarded.
fn known_calls<'a>(
    inspection: &'a Inspection,
    catalog: &'a Catalog,
) -> impl Iterator<Item = (&'a ApiUse, &'a CallUse, ToolRef<'a>)> {
    let uses = inspection.uses.iter();
    let uses = uses.filter(|api_use| api_use.exposure > Exposure::Guarded);
    uses.filter_map(|api_use| {
        let tool = known_tool(api_use, catalog)?;
        Some((api_use, api_use.call.as_ref()?, tool))
    })
}

/// The tool that a place names.
fn known_tool<'a>(api_use: &ApiUse, catalog: &'a Catalog) -> Option<ToolRef<'a>> {
    let ApiTarget::Tool { server, tool } = &api_use.target else {
        return None;
    };
    let server = catalog.server(server)?;
    // The tools of another may have changed by the time they can be called.
    (server.state == ServerState::Ready).then(|| server.tool(tool))?
}

#[cfg(test)]
mod tests;
