//! Dates as tokens.

/// A token of a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Token {
    /// The value of at most nine digits, and how many digits there were.
    Number { value: i64, length: usize },
    /// A word.
    Word(Word),
    /// White space of any length.
    Space,
    /// Any other character.
    Symbol(char),
    /// Nothing is left.
    End,
}

/// What a word means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Word {
    /// From 1.
    Month(i64),
    /// `AM` is 0, `PM` is 12.
    HalfDay(i64),
    /// Hours from UTC; whether it is the letter `Z`.
    Zone { hours: i64, is_z: bool },
    /// `T`.
    TimeSeparator,
    /// Anything else.
    Other,
}

const MONTHS: [&str; 12] = [
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
];
const ZONES: [(&str, i64); 11] = [
    ("ut", 0),
    ("utc", 0),
    ("gmt", 0),
    ("est", -5),
    ("edt", -4),
    ("cst", -6),
    ("cdt", -5),
    ("mst", -7),
    ("mdt", -6),
    ("pst", -8),
    ("pdt", -7),
];

/// Reads tokens one after the other.
pub(super) struct Scanner<'a> {
    rest: &'a str,
}

impl<'a> Scanner<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self { rest: text }
    }

    pub(super) fn peek(&self) -> Token {
        read(self.rest).0
    }

    pub(super) fn next(&mut self) -> Token {
        let (token, rest) = read(self.rest);
        self.rest = rest;
        token
    }

    /// Takes a symbol if it is next.
    pub(super) fn skip(&mut self, symbol: char) -> bool {
        let is_next = self.peek() == Token::Symbol(symbol);
        if is_next {
            self.next();
        }
        is_next
    }

    /// Takes a sign if it is next.
    pub(super) fn sign(&mut self) -> Option<i64> {
        if self.skip('+') {
            Some(1)
        } else {
            self.skip('-').then_some(-1)
        }
    }

    /// Takes a number of exactly so many digits if it is next.
    pub(super) fn number_of(&mut self, digits: usize) -> Option<i64> {
        match self.peek() {
            Token::Number { value, length } if length == digits => {
                self.next();
                Some(value)
            }
            _ => None,
        }
    }

    /// Passes over the rest of a parenthesis that was just opened.
    pub(super) fn skip_parentheses(&mut self) {
        let mut depth = 1;
        let mut letters = self.rest.char_indices();
        for (at, letter) in letters.by_ref() {
            match letter {
                '(' => depth += 1,
                ')' => depth -= 1,
                _ => {}
            }
            if depth == 0 {
                self.rest = &self.rest[at + 1..];
                return;
            }
        }
        self.rest = "";
    }
}

fn read(text: &str) -> (Token, &str) {
    let Some(first) = text.chars().next() else {
        return (Token::End, text);
    };
    if first.is_ascii_digit() {
        let (digits, rest) = split(text, |letter| letter.is_ascii_digit());
        let significant = digits.trim_start_matches('0');
        let value = significant.get(..9).unwrap_or(significant);
        let token = Token::Number {
            value: value.parse().unwrap_or(0),
            length: digits.len(),
        };
        return (token, rest);
    }
    if first.is_ascii_alphabetic() {
        let (word, rest) = split(text, |letter| letter.is_ascii_alphabetic());
        return (Token::Word(meaning(word)), rest);
    }
    if first.is_whitespace() {
        let (_, rest) = split(text, char::is_whitespace);
        return (Token::Space, rest);
    }
    (Token::Symbol(first), &text[first.len_utf8()..])
}

fn split(text: &str, belongs: impl Fn(char) -> bool) -> (&str, &str) {
    let end = text.find(|letter| !belongs(letter)).unwrap_or(text.len());
    text.split_at(end)
}

fn meaning(word: &str) -> Word {
    let start = word[..word.len().min(3)].to_ascii_lowercase();
    if let Some(month) = MONTHS.iter().position(|month| *month == start) {
        return Word::Month(month as i64 + 1);
    }
    if word.len() > 3 {
        return Word::Other;
    }
    if let Some((_, hours)) = ZONES.iter().find(|(zone, _)| *zone == start) {
        return Word::Zone {
            hours: *hours,
            is_z: false,
        };
    }
    match start.as_str() {
        "am" => Word::HalfDay(0),
        "pm" => Word::HalfDay(12),
        "z" => Word::Zone {
            hours: 0,
            is_z: true,
        },
        "t" => Word::TimeSeparator,
        _ => Word::Other,
    }
}
