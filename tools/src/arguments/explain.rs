//! A validation error in words.

use jsonschema::ValidationError;
use jsonschema::error::ValidationErrorKind as Kind;

use super::Problem;

/// Whether an error says that the arguments are wrong, and not that checking
/// them was given up.
pub(super) fn is_refusal(error: &ValidationError<'_>) -> bool {
    !matches!(
        error.kind(),
        Kind::BacktrackLimitExceeded { .. }
            | Kind::RegexEngineFailure { .. }
            | Kind::Referencing(_)
    )
}

pub(super) fn problem(error: &ValidationError<'_>) -> Problem {
    Problem {
        path: format!("args{}", error.instance_path()),
        expected: error.to_string(),
        got: error.instance().to_string(),
    }
}
