//! Realms for tests that compare an override with the engine's own method.

use boa_engine::{Context, JsResult, Source};

/// A realm in which `keep` ran before the overrides were installed.
pub(super) fn realm(keep: &str, installs: &[fn(&mut Context) -> JsResult<()>]) -> Context {
    let mut context = Context::default();
    context.eval(Source::from_bytes(keep)).unwrap();
    for install in installs {
        install(&mut context).unwrap();
    }
    context
}

/// The value of a script as text, or what it throws.
pub(super) fn answer(script: &str, context: &mut Context) -> String {
    match context.eval(Source::from_bytes(script)) {
        Ok(value) => value.to_string(context).unwrap().to_std_string_escaped(),
        Err(error) => format!("throws {error}"),
    }
}
