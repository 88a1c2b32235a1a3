//! A scan for nesting before anything recursive sees the source.
//!
//! Parsers, visitors and printers recurse on the syntax tree, and a stack that
//! overflows is a trap without a position. The scan bounds the height of that
//! tree from its tokens alone: brackets by their depth, and what grows a tree
//! without brackets (`a.b.c`, `!!!x`, `a ? b : c ? d : e`, `else if`, `A<A<A>>`)
//! by the length of its chain. It may misread a source that is no script.

use std::ops::ControlFlow;

/// Chain steps of one level of brackets, so that a chain may be this many times
/// longer than brackets may be deep: 1,500 chained calls at a nesting of 500.
const STEPS: u32 = 6;

/// Where a source is nested too deep, and what is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Excess {
    /// Byte offset.
    pub(super) offset: u32,
    /// Whether a chain is too long, rather than brackets too deep.
    is_chain: bool,
}

impl Excess {
    /// What to say of it, and what to do.
    pub(super) fn message(self, limit: u32) -> (String, &'static str) {
        if self.is_chain {
            let steps = limit.saturating_mul(STEPS);
            return (
                format!(
                    "a chain without brackets (operators, members, calls, `else if`) has more \
                     than {steps} steps"
                ),
                "split it into statements, or use a loop or a table",
            );
        }
        (
            format!("the source is nested deeper than {limit}"),
            "split the expression, or build the data in a loop",
        )
    }
}

/// Finds where a source is nested deeper than `limit`.
pub(super) fn find_excess(source: &str, limit: u32) -> Option<Excess> {
    let mut scan = Scan {
        bytes: source.as_bytes(),
        at: 0,
        levels: vec![Level::new(Kind::File)],
        open_chain: 0,
        last: Last::Operator,
        newline: false,
        is_heavy: false,
        limit,
    };
    match scan.run() {
        ControlFlow::Break(offset) => Some(Excess {
            offset: offset as u32,
            is_chain: scan.levels.len() <= limit as usize && !scan.is_heavy,
        }),
        ControlFlow::Continue(()) => None,
    }
}

/// What opened a level.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    File,
    Paren,
    /// The parentheses of `if (…)` and the like: a statement follows them.
    Header,
    Bracket,
    Brace,
    /// `${…}` inside a template.
    Hole,
}

/// One open bracket. Chains are counted per segment: up to a comma or the end
/// of a statement.
struct Level {
    kind: Kind,
    /// Steps of statements without brackets (`if`, `else`, `while`) in the
    /// current segment. An `else` continues them, unlike the chain.
    spine: u32,
    /// Steps of the chain in the current segment.
    chain: u32,
    /// The highest bracket closed in the current segment.
    child: u32,
    /// The highest finished segment.
    height: u32,
}

impl Level {
    fn new(kind: Kind) -> Self {
        Self {
            kind,
            spine: 0,
            chain: 0,
            child: 0,
            height: 0,
        }
    }

    fn height(&self) -> u32 {
        self.height.max(self.spine + self.chain + self.child)
    }
}

/// What the last token was, as far as it decides how the next is read.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Last {
    /// The end of an operand.
    Operand,
    /// `}`: the end of a block or of an object.
    Block,
    /// Anything that an operand or a statement follows.
    Operator,
    /// `if`, `for`, `while` and the like, before their parentheses.
    HeaderWord,
    /// `;`, after which only an `else` goes on with the statement.
    Semicolon,
    /// `.` or `?.`: a name follows, whatever it is elsewhere.
    Dot,
}

struct Scan<'a> {
    bytes: &'a [u8],
    at: usize,
    levels: Vec<Level>,
    /// The chains of all open levels together.
    open_chain: u32,
    last: Last,
    /// Whether the last step was one that counts as much as a bracket.
    is_heavy: bool,
    /// Whether a line ended since the last token.
    newline: bool,
    limit: u32,
}

impl Scan<'_> {
    fn run(&mut self) -> ControlFlow<usize> {
        while let Some(&byte) = self.bytes.get(self.at) {
            match byte {
                b'\n' => {
                    self.newline = true;
                    self.at += 1;
                }
                b' ' | b'\t' | b'\r' => self.at += 1,
                b'/' if self.peek(1) == b'/' => self.skip_while(|byte| byte != b'\n'),
                b'/' if self.peek(1) == b'*' => self.skip_comment(),
                _ => {
                    self.token(byte)?;
                    self.newline = false;
                }
            }
        }
        ControlFlow::Continue(())
    }

    fn token(&mut self, byte: u8) -> ControlFlow<usize> {
        if self.last == Last::Semicolon && !self.bytes[self.at..].starts_with(b"else") {
            self.end_segment();
            self.last = Last::Operator;
        }
        match byte {
            b'(' => self.open_paren(),
            b'[' => {
                if self.after_operand() {
                    self.step(1)?;
                }
                self.open(Kind::Bracket)
            }
            b'{' => self.open(Kind::Brace),
            b')' | b']' | b'}' => self.close(byte),
            b'"' | b'\'' => {
                self.operand();
                self.skip_string(byte);
                ControlFlow::Continue(())
            }
            b'`' => {
                if self.after_operand() {
                    self.step(1)?;
                }
                self.at += 1;
                self.template()
            }
            b',' => {
                self.end_segment();
                self.punctuation(1)
            }
            b';' => {
                self.at += 1;
                self.last = Last::Semicolon;
                ControlFlow::Continue(())
            }
            b'/' if !self.after_operand() => {
                self.skip_regex();
                self.last = Last::Operand;
                ControlFlow::Continue(())
            }
            b'0'..=b'9' | b'a'..=b'z' | b'A'..=b'Z' | b'_' | b'$' | b'#' | b'\\' | 0x80.. => {
                self.word()
            }
            _ => self.operator(),
        }
    }

    fn word(&mut self) -> ControlFlow<usize> {
        let begin = self.at;
        self.skip_while(|byte| {
            byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'$' | b'#' | b'\\' | 0x80..)
        });
        if self.last == Last::Dot {
            self.last = Last::Operand;
            return ControlFlow::Continue(());
        }
        match &self.bytes[begin..self.at] {
            b"else" => {
                self.end_branch();
                self.nest()?;
                self.last = Last::Operator;
            }
            b"do" => {
                self.begin_operand();
                self.nest()?;
                self.last = Last::Operator;
            }
            b"if" | b"for" | b"while" | b"with" | b"switch" | b"catch" => {
                self.begin_operand();
                self.nest()?;
                self.last = Last::HeaderWord;
            }
            b"await" if self.last == Last::HeaderWord => {}
            b"case" | b"default" => {
                self.end_segment();
                self.last = Last::Operator;
            }
            b"in" | b"of" | b"instanceof" | b"as" | b"satisfies" | b"extends" | b"is" => {
                self.step(1)?;
                self.last = Last::Operator;
            }
            b"typeof" | b"void" | b"delete" | b"new" | b"await" | b"yield" | b"throw"
            | b"return" | b"keyof" | b"infer" | b"readonly" | b"unique" | b"asserts"
            | b"abstract" | b"declare" | b"async" | b"const" | b"let" | b"var" => {
                self.begin_operand();
                self.step(1)?;
                self.last = Last::Operator;
            }
            _ => self.operand(),
        }
        ControlFlow::Continue(())
    }

    fn operator(&mut self) -> ControlFlow<usize> {
        let (length, steps, last) = match [self.bytes[self.at], self.peek(1), self.peek(2)] {
            [b'.', b'.', b'.'] | [b'=' | b'!', b'=', b'='] => (3, 1, Last::Operator),
            [b'.', ..] => (1, 1, Last::Dot),
            [b'?', b'.', third] if !third.is_ascii_digit() => (2, 1, Last::Dot),
            [b'=' | b'!' | b'<' | b'>', b'=', _]
            | [b'?', b'?', _]
            | [b'&', b'&', _]
            | [b'|', b'|', _]
            | [b'*', b'*', _] => (2, 1, Last::Operator),
            [b'=', b'>', _] => (2, STEPS, Last::Operator),
            // A postfix operator ends an operand.
            [b'+', b'+', _] | [b'-', b'-', _] => (2, 1, self.last),
            [b'=' | b'?' | b'<', ..] => (1, STEPS, Last::Operator),
            // Also what closes type arguments, after which a call may come.
            _ => (1, 1, Last::Operator),
        };
        self.step(steps)?;
        self.last = last;
        self.at += length;
        ControlFlow::Continue(())
    }

    fn open_paren(&mut self) -> ControlFlow<usize> {
        let kind = if self.last == Last::HeaderWord {
            Kind::Header
        } else {
            Kind::Paren
        };
        if self.after_operand() {
            self.step(1)?;
        }
        self.open(kind)
    }

    fn open(&mut self, kind: Kind) -> ControlFlow<usize> {
        if self.levels.len() > self.limit as usize {
            return ControlFlow::Break(self.at);
        }
        self.levels.push(Level::new(kind));
        self.punctuation(1)
    }

    fn close(&mut self, byte: u8) -> ControlFlow<usize> {
        let kind = self.levels.last().map_or(Kind::File, |level| level.kind);
        let matches = match byte {
            b')' => matches!(kind, Kind::Paren | Kind::Header),
            b']' => kind == Kind::Bracket,
            _ => matches!(kind, Kind::Brace | Kind::Hole),
        };
        self.at += 1;
        if !matches {
            self.last = Last::Operand;
            return ControlFlow::Continue(());
        }
        if let Some(closed) = self.levels.pop() {
            self.open_chain -= closed.spine + closed.chain;
            if let Some(level) = self.levels.last_mut() {
                level.child = level.child.max(closed.height());
            }
        }
        self.last = match kind {
            Kind::Header => Last::Operator,
            Kind::Brace => Last::Block,
            _ => Last::Operand,
        };
        self.check()?;
        if kind == Kind::Hole {
            self.template()
        } else {
            ControlFlow::Continue(())
        }
    }

    /// The text of a template up to its end or its next hole.
    fn template(&mut self) -> ControlFlow<usize> {
        while let Some(&byte) = self.bytes.get(self.at) {
            match byte {
                b'\\' => self.at += 2,
                b'`' => {
                    self.at += 1;
                    break;
                }
                b'$' if self.peek(1) == b'{' => {
                    self.at += 1;
                    return self.open(Kind::Hole);
                }
                _ => self.at += 1,
            }
        }
        self.last = Last::Operand;
        ControlFlow::Continue(())
    }

    /// A token that ends an operand, unless it begins one: then, after another
    /// operand and a line's end, or after a block, it begins a statement.
    fn operand(&mut self) {
        self.begin_operand();
        self.last = Last::Operand;
    }

    fn begin_operand(&mut self) {
        if self.last == Last::Block || (self.last == Last::Operand && self.newline) {
            self.end_segment();
        }
    }

    fn end_segment(&mut self) {
        if let Some(level) = self.levels.last_mut() {
            level.height = level.height();
            self.open_chain -= level.spine + level.chain;
            level.spine = 0;
            level.chain = 0;
            level.child = 0;
        }
    }

    /// Ends what stands before an `else`, which goes on with its `if`.
    fn end_branch(&mut self) {
        if let Some(level) = self.levels.last_mut() {
            level.height = level.height();
            self.open_chain -= level.chain;
            level.chain = 0;
            level.child = 0;
        }
    }

    /// A statement that contains the next one without brackets.
    fn nest(&mut self) -> ControlFlow<usize> {
        if let Some(level) = self.levels.last_mut() {
            level.spine += 1;
            self.open_chain += 1;
        }
        self.is_heavy = false;
        self.check()
    }

    fn step(&mut self, steps: u32) -> ControlFlow<usize> {
        if let Some(level) = self.levels.last_mut() {
            level.chain += steps;
            self.open_chain += steps;
        }
        self.is_heavy = steps == STEPS;
        self.check()
    }

    fn check(&self) -> ControlFlow<usize> {
        let child = self.levels.last().map_or(0, |level| level.child);
        if self.open_chain + child > self.limit.saturating_mul(STEPS) {
            return ControlFlow::Break(self.at);
        }
        ControlFlow::Continue(())
    }

    fn punctuation(&mut self, length: usize) -> ControlFlow<usize> {
        self.at += length;
        self.last = Last::Operator;
        ControlFlow::Continue(())
    }

    fn after_operand(&self) -> bool {
        matches!(self.last, Last::Operand | Last::Block)
    }

    fn peek(&self, ahead: usize) -> u8 {
        self.bytes.get(self.at + ahead).copied().unwrap_or_default()
    }

    fn skip_while(&mut self, keep: impl Fn(u8) -> bool) {
        while self.bytes.get(self.at).is_some_and(|byte| keep(*byte)) {
            self.at += 1;
        }
    }

    fn skip_comment(&mut self) {
        self.at += 2;
        while self.at < self.bytes.len() && !(self.peek(0) == b'*' && self.peek(1) == b'/') {
            self.newline |= self.peek(0) == b'\n';
            self.at += 1;
        }
        self.at += 2;
    }

    fn skip_string(&mut self, quote: u8) {
        self.at += 1;
        while let Some(&byte) = self.bytes.get(self.at) {
            match byte {
                b'\\' => self.at += 2,
                // A string that is not closed ends with its line.
                b'\n' => return,
                _ => {
                    self.at += 1;
                    if byte == quote {
                        return;
                    }
                }
            }
        }
    }

    fn skip_regex(&mut self) {
        let mut in_class = false;
        self.at += 1;
        while let Some(&byte) = self.bytes.get(self.at) {
            match byte {
                b'\\' => self.at += 2,
                b'\n' => return,
                b'/' if !in_class => {
                    self.at += 1;
                    return self.skip_while(|byte| byte.is_ascii_alphabetic());
                }
                _ => {
                    in_class = (in_class || byte == b'[') && byte != b']';
                    self.at += 1;
                }
            }
        }
    }
}

#[cfg(test)]
mod tests;
