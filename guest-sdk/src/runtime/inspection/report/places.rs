//! Places in the source, and the text there, cut to what is shown.

use oxc::ast::AstKind;
use oxc::span::{GetSpan, Span};

use crate::contract::Place;
use crate::runtime::source::positions::PositionMap;

/// Characters of an expression that are shown.
const SHOWN_CHARS: usize = 100;

/// Where things are in the source.
pub(super) struct Places<'p> {
    pub(super) positions: &'p PositionMap,
    pub(super) columns: usize,
}

impl Places<'_> {
    pub(super) fn at(&mut self, offset: u32) -> Place {
        let position = self.positions.of_offset(offset);
        self.columns += position.column as usize;
        Place {
            position,
            source_line: self.positions.line_text(position).unwrap_or_default(),
        }
    }

    /// The text of a node, cut at its beginning: its end says what is named.
    pub(super) fn text(&self, kind: AstKind<'_>) -> String {
        self.written(shown(kind))
    }

    pub(super) fn written(&self, span: Span) -> String {
        let text = self
            .positions
            .text(span.start, span.end)
            .unwrap_or_default();
        let tail = text
            .char_indices()
            .rev()
            .nth(8 * SHOWN_CHARS)
            .map_or(text, |(start, _)| &text[start..]);
        let joined = tail.split_whitespace().collect::<Vec<_>>().join(" ");
        let length = joined.chars().count();
        if length <= SHOWN_CHARS && tail.len() == text.len() {
            return joined;
        }
        let skipped = (length + 1).saturating_sub(SHOWN_CHARS);
        let kept: String = joined.chars().skip(skipped).collect();
        format!("…{kept}")
    }
}

fn shown(kind: AstKind<'_>) -> Span {
    match kind {
        AstKind::BindingProperty(property) => property.key.span(),
        other => other.span(),
    }
}
