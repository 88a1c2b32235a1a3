//! Built-ins that differ from the engine's: faster, stricter, or missing there.
//!
//! Each submodule overrides one family and is independent of the others.

pub(crate) mod json;

use boa_engine::{Context, JsResult};

/// Installs every override into the realm, once, while it is being built.
pub(crate) fn install(context: &mut Context) -> JsResult<()> {
    json::install(context)?;
    Ok(())
}
