//! From the engine's positions, and from byte offsets, to lines and columns of
//! the source as the agent wrote it.

use std::rc::Rc;

use crate::contract::Position;

/// What stands in front of the generated code: one line of its own.
pub(crate) const WRAPPER: &str = "(async()=>{\n";

/// Characters of a source line that are shown.
const SHOWN_CHARS: usize = 200;

/// The way back to the source.
pub(crate) struct PositionMap {
    source: Rc<str>,
    /// Whether columns are bytes.
    is_ascii: bool,
    /// Where the script begins in `source`: behind the fence.
    start: usize,
    /// Byte offsets in `source` at which lines begin.
    lines: Box<[usize]>,
    tokens: Box<[Token]>,
    /// The script as it was parsed.
    text: Box<str>,
    /// The code the engine runs.
    code: Box<str>,
    /// Characters in front of the script's first line that the source lacks.
    prefix: u32,
}

/// One entry of the source map; lines and columns count from 0.
#[derive(Clone, Copy)]
pub(crate) struct Token {
    pub(crate) generated: (u32, u32),
    pub(crate) source: (u32, u32),
}

impl PositionMap {
    /// A map without tokens for a script that begins at byte `start`.
    pub(crate) fn new(source: &str, start: usize) -> Self {
        let newlines = source
            .bytes()
            .enumerate()
            .filter(|(_, byte)| *byte == b'\n');
        let lines = std::iter::once(0)
            .chain(newlines.map(|(offset, _)| offset + 1))
            .collect();
        Self {
            source: source.into(),
            is_ascii: source.is_ascii(),
            start,
            lines,
            tokens: Box::default(),
            text: Box::default(),
            code: Box::default(),
            prefix: 0,
        }
    }

    /// Takes over the script as it was parsed, which begins with `prefix` bytes
    /// that the source lacks.
    pub(crate) fn set_text(&mut self, text: &str, prefix: u32) {
        self.text = text.into();
        self.prefix = prefix;
    }

    /// Takes over the generated code.
    pub(crate) fn set_code(&mut self, code: String) {
        self.code = code.into();
    }

    /// The source as the agent wrote it.
    pub(crate) fn source(&self) -> &str {
        &self.source
    }

    /// The code the engine runs.
    pub(crate) fn code(&self) -> &str {
        &self.code
    }

    /// A piece of the script by its byte offsets.
    pub(crate) fn text(&self, start: u32, end: u32) -> Option<&str> {
        self.text.get(start as usize..end as usize)
    }

    /// The script from a byte offset on.
    pub(crate) fn rest(&self, start: u32) -> Option<&str> {
        self.text.get(start as usize..)
    }

    /// The byte offset in the code of a place the engine names.
    pub(crate) fn code_offset(&self, line: u32, column: u32) -> Option<u32> {
        let mut rest = &*self.code;
        for _ in 1..line {
            rest = &rest[rest.find('\n')? + 1..];
        }
        let (within, _) = rest.char_indices().nth(column.checked_sub(1)? as usize)?;
        Some((self.code.len() - rest.len() + within) as u32)
    }

    /// The byte offset in the script of one in the code.
    pub(crate) fn script_offset(&self, code_offset: u32) -> Option<u32> {
        self.to_offset(self.of_code_offset(code_offset)?)
    }

    /// Takes over the tokens of a source map, which are in generated order.
    pub(crate) fn set_tokens(&mut self, tokens: impl Iterator<Item = Token>) {
        self.tokens = tokens.collect();
    }

    /// The place in the source of a place the engine names (from 1, the column
    /// in characters).
    pub(crate) fn of_generated(&self, line: u32, column: u32) -> Option<Position> {
        self.of_code_offset(self.code_offset(line, column)?)
    }

    fn of_code_offset(&self, code_offset: u32) -> Option<Position> {
        let before = self.code.get(..code_offset as usize)?;
        let line = before.bytes().filter(|byte| *byte == b'\n').count() as u32;
        let begin = before.rfind('\n').map_or(0, |newline| newline + 1);
        let column = before[begin..].encode_utf16().count() as u32;
        // The wrapper has a line of its own.
        let wanted = (line.checked_sub(1)?, column);
        let after = self
            .tokens
            .partition_point(|token| token.generated <= wanted);
        let token = self.tokens.get(after.checked_sub(1)?)?;
        if token.generated.0 != wanted.0 {
            return None;
        }
        let (line, column) = token.source;
        let before = self.line_of(self.start);
        let column = if line == 0 {
            column.saturating_sub(self.prefix) + self.of_offset(self.prefix).column - 1
        } else {
            column
        };
        Some(Position {
            line: line + before + 1,
            column: column + 1,
        })
    }

    /// The place of a byte offset of the script.
    pub(crate) fn of_offset(&self, offset: u32) -> Position {
        let mut offset =
            (self.start + offset.saturating_sub(self.prefix) as usize).min(self.source.len());
        while !self.source.is_char_boundary(offset) {
            offset -= 1;
        }
        let line = self.line_of(offset);
        let begin = self.lines[line as usize];
        let column = if self.is_ascii {
            offset - begin
        } else {
            self.source[begin..offset].encode_utf16().count()
        };
        Position {
            line: line + 1,
            column: column as u32 + 1,
        }
    }

    /// The byte offset in the script of a place in the source.
    pub(crate) fn to_offset(&self, position: Position) -> Option<u32> {
        let begin = *self.lines.get(position.line.checked_sub(1)? as usize)?;
        let mut units = position.column.checked_sub(1)?;
        let mut offset = begin;
        for character in self.source[begin..].chars() {
            let Some(left) = units.checked_sub(character.len_utf16() as u32) else {
                break;
            };
            units = left;
            offset += character.len_utf8();
            if left == 0 {
                break;
            }
        }
        Some(offset.checked_sub(self.start)? as u32 + self.prefix)
    }

    /// The source line at a place, cut to what is shown.
    pub(crate) fn line_text(&self, position: Position) -> Option<String> {
        let begin = *self.lines.get(position.line.checked_sub(1)? as usize)?;
        let line = self.source[begin..].chars();
        let mut shown: String = line
            .take_while(|character| *character != '\n')
            .take(SHOWN_CHARS)
            .collect();
        if shown.ends_with('\r') {
            shown.pop();
        }
        Some(shown)
    }

    fn line_of(&self, offset: usize) -> u32 {
        self.lines.partition_point(|begin| *begin <= offset) as u32 - 1
    }
}
