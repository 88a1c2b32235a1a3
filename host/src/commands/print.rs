//! Where the words of a command go: its product to standard output, remarks to
//! standard error.

use std::io::{self, Write};

use rmcp::model::ContentBlock;

use crate::failure::Failure;
use crate::render::Answer;

/// Prints an answer: the value, then what is said about it. Of a failure nothing
/// goes to standard output.
pub(super) fn answer(answer: &Answer) -> Result<(), Failure> {
    let Some((value, others)) = succeeded(answer)?.split_first() else {
        return Ok(());
    };
    product(&text(value))?;
    remarks(others)
}

/// Prints an answer of which every block belongs to the value.
pub(super) fn value(answer: &Answer) -> Result<(), Failure> {
    succeeded(answer)?
        .iter()
        .try_for_each(|block| product(&text(block)))
}

fn succeeded(answer: &Answer) -> Result<&[ContentBlock], Failure> {
    if answer.is_error {
        remarks(&answer.content)?;
        return Err(Failure::REPORTED);
    }
    Ok(&answer.content)
}

/// Prints the product of a command.
pub(super) fn product(text: &str) -> Result<(), Failure> {
    let mut stdout = io::stdout().lock();
    match writeln!(stdout, "{text}").and_then(|()| stdout.flush()) {
        // A reader that has seen enough (`| head`) is no failure.
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(unwritable(&error)),
        _ => Ok(()),
    }
}

/// Prints content blocks beside the product.
pub(super) fn remarks(blocks: &[ContentBlock]) -> Result<(), Failure> {
    blocks
        .iter()
        .try_for_each(|block| remark(&format!("{}\n", text(block))))
}

/// Prints something beside the product, as it is.
pub(super) fn remark(text: &str) -> Result<(), Failure> {
    let mut stderr = io::stderr().lock();
    write!(stderr, "{text}").map_err(|error| unwritable(&error))
}

/// A text as it is, other blocks as the JSON they are.
fn text(block: &ContentBlock) -> String {
    match block {
        ContentBlock::Text(text) => text.text.clone(),
        other => serde_json::to_string(other).unwrap_or_default(),
    }
}

fn unwritable(error: &io::Error) -> Failure {
    Failure::new(format!("cannot write: {error}"))
}
