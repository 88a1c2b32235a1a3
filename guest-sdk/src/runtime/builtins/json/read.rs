//! JSON text straight into JavaScript values, in one pass and without
//! recursion: nesting costs no stack, and there is no tree in between.
//!
//! Reads exactly what V8 reads: lone surrogates, numbers beyond a double as
//! `Infinity`, `__proto__` as a plain key, the last of duplicate keys.
//! Start at [`read`].

use std::ops::Range;

use boa_engine::{
    Context, JsObject, JsValue,
    builtins::object::OrdinaryObject,
    object::builtins::JsArray,
    property::{PropertyDescriptor, PropertyKey},
};

use super::{
    syntax_error::{FaultKind, SyntaxFault},
    text::{Text, string_of_units},
};

/// Levels of nesting that are read; one more is a [`ReadError::TooDeep`].
pub(super) const MAX_DEPTH: usize = 500;

/// Slots of the cache of property keys, a power of two.
const KEY_SLOTS: usize = 128;

/// Why a text gives no value. Positions are in units of the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ReadError {
    Syntax(SyntaxFault),
    TooDeep { at: usize },
}

type Read<T> = Result<T, ReadError>;

/// Reads the one value that `text` is.
pub(super) fn read<T: Text>(text: &T, context: &mut Context) -> Read<JsValue> {
    let object_prototype = context.intrinsics().constructors().object().prototype();
    Reader {
        text,
        units: text.units(),
        at: 0,
        keys: std::iter::repeat_with(|| None).take(KEY_SLOTS).collect(),
        scratch: Vec::new(),
        object_prototype,
    }
    .document(context)
}

/// A container that is still open.
enum Open {
    Array(Vec<JsValue>),
    Object { object: JsObject, key: PropertyKey },
}

/// A property key and where it stood.
type SeenKey = (Range<usize>, PropertyKey);

struct Reader<'a, T: Text> {
    text: &'a T,
    units: &'a [T::Unit],
    at: usize,
    /// Keys seen before, by a cheap hash: records repeat theirs.
    keys: Box<[Option<SeenKey>]>,
    scratch: Vec<u16>,
    object_prototype: JsObject,
}

impl<T: Text> Reader<'_, T> {
    fn document(&mut self, context: &mut Context) -> Read<JsValue> {
        let value = self.value(context)?;
        match self.next_token() {
            None => Ok(value),
            Some(_) => Err(self.fault(FaultKind::Trailing)),
        }
    }

    fn value(&mut self, context: &mut Context) -> Read<JsValue> {
        let mut open: Vec<Open> = Vec::new();
        loop {
            let mut value = match self.next_token() {
                Some(b'{') => {
                    self.enter(open.len())?;
                    let object = JsObject::new(
                        context.root_shape(),
                        self.object_prototype.clone(),
                        OrdinaryObject,
                    )
                    .upcast();
                    if self.next_token() == Some(b'}') {
                        self.at += 1;
                        object.into()
                    } else {
                        let key = self.key(FaultKind::PropertyNameOrBrace, FaultKind::Colon)?;
                        open.push(Open::Object { object, key });
                        continue;
                    }
                }
                Some(b'[') => {
                    self.enter(open.len())?;
                    if self.next_token() == Some(b']') {
                        self.at += 1;
                        JsArray::from_iter([], context).into()
                    } else {
                        open.push(Open::Array(Vec::new()));
                        continue;
                    }
                }
                token => self.scalar(token)?,
            };
            // The value ends everything that ends right after it.
            loop {
                match open.last_mut() {
                    None => return Ok(value),
                    Some(Open::Array(elements)) => {
                        elements.push(value);
                        match self.next_token() {
                            Some(b',') => {
                                self.at += 1;
                                break;
                            }
                            Some(b']') => self.at += 1,
                            _ => return Err(self.fault(FaultKind::CommaOrBracket)),
                        }
                    }
                    Some(Open::Object { object, key }) => {
                        define(object, key.clone(), value);
                        match self.next_token() {
                            Some(b',') => {
                                self.at += 1;
                                *key = self.key(
                                    FaultKind::DoubleQuotedPropertyName,
                                    FaultKind::Unexpected,
                                )?;
                                break;
                            }
                            Some(b'}') => self.at += 1,
                            _ => return Err(self.fault(FaultKind::CommaOrBrace)),
                        }
                    }
                }
                value = match open.pop() {
                    Some(Open::Array(elements)) => JsArray::from_iter(elements, context).into(),
                    Some(Open::Object { object, .. }) => object.into(),
                    None => return Ok(JsValue::undefined()),
                };
            }
        }
    }

    fn enter(&mut self, depth: usize) -> Read<()> {
        if depth >= MAX_DEPTH {
            return Err(ReadError::TooDeep { at: self.at });
        }
        self.at += 1;
        Ok(())
    }

    fn scalar(&mut self, token: Option<u8>) -> Read<JsValue> {
        match token {
            Some(b'"') => {
                let (range, plain) = self.string()?;
                Ok(if plain {
                    self.text.string(range).into()
                } else {
                    string_of_units(&self.scratch).into()
                })
            }
            Some(b'-' | b'0'..=b'9') => self.number(),
            Some(b't') => self.literal(b"true", JsValue::from(true)),
            Some(b'f') => self.literal(b"false", JsValue::from(false)),
            Some(b'n') => self.literal(b"null", JsValue::null()),
            _ => Err(self.fault(FaultKind::Unexpected)),
        }
    }

    fn literal(&mut self, word: &[u8], value: JsValue) -> Read<JsValue> {
        for &expected in word {
            if self.peek() != Some(expected) {
                return Err(self.fault(FaultKind::Unexpected));
            }
            self.at += 1;
        }
        Ok(value)
    }

    fn number(&mut self) -> Read<JsValue> {
        let start = self.at;
        if self.peek() == Some(b'-') {
            self.at += 1;
        }
        match self.peek() {
            Some(b'0') => {
                self.at += 1;
                if matches!(self.peek(), Some(b'0'..=b'9')) {
                    return Err(self.fault(FaultKind::LeadingZero));
                }
            }
            Some(b'1'..=b'9') => self.digits(),
            _ => return Err(self.fault(FaultKind::MinusSign)),
        }
        let integer = self.at;
        if self.peek() == Some(b'.') {
            self.at += 1;
            self.some_digits(FaultKind::Fraction)?;
        }
        if matches!(self.peek(), Some(b'e' | b'E')) {
            self.at += 1;
            if matches!(self.peek(), Some(b'+' | b'-')) {
                self.at += 1;
            }
            self.some_digits(FaultKind::Exponent)?;
        }
        let ascii: Vec<u8>;
        let mut small = [0; 32];
        let units = &self.units[start..self.at];
        let digits = if let Some(small) = small.get_mut(..units.len()) {
            for (to, &from) in small.iter_mut().zip(units) {
                *to = from.into() as u8;
            }
            &*small
        } else {
            ascii = units.iter().map(|&unit| unit.into() as u8).collect();
            &ascii
        };
        let digits = std::str::from_utf8(digits).expect("only ASCII was accepted");
        if integer == self.at
            && digits != "-0"
            && let Ok(small) = digits.parse::<i32>()
        {
            return Ok(small.into());
        }
        let number: f64 = digits
            .parse()
            .expect("the grammar of JSON is within Rust's");
        let small = number as i32;
        Ok(if f64::from(small).to_bits() == number.to_bits() {
            small.into()
        } else {
            number.into()
        })
    }

    fn digits(&mut self) {
        while matches!(self.peek(), Some(b'0'..=b'9')) {
            self.at += 1;
        }
    }

    fn some_digits(&mut self, otherwise: FaultKind) -> Read<()> {
        if !matches!(self.peek(), Some(b'0'..=b'9')) {
            return Err(self.fault(otherwise));
        }
        self.digits();
        Ok(())
    }

    /// A property name and the colon after it.
    fn key(&mut self, no_name: FaultKind, no_colon: FaultKind) -> Read<PropertyKey> {
        if self.next_token() != Some(b'"') {
            return Err(self.fault(no_name));
        }
        let (range, plain) = self.string()?;
        let key = if plain {
            self.plain_key(range)
        } else {
            PropertyKey::from(string_of_units(&self.scratch))
        };
        if self.next_token() != Some(b':') {
            return Err(self.fault(no_colon));
        }
        self.at += 1;
        Ok(key)
    }

    fn plain_key(&mut self, range: Range<usize>) -> PropertyKey {
        let units = &self.units[range.clone()];
        let hash = units.iter().fold(units.len(), |hash, &unit| {
            hash.wrapping_mul(31).wrapping_add(usize::from(unit.into()))
        });
        let slot = &mut self.keys[hash & (KEY_SLOTS - 1)];
        if let Some((seen, key)) = slot
            && self.units[seen.clone()] == *units
        {
            return key.clone();
        }
        let key = PropertyKey::from(self.text.string(range.clone()));
        *slot = Some((range, key.clone()));
        key
    }

    /// A string, up to and with its closing quote: the range of its characters
    /// where they stand for themselves, and otherwise their units in `scratch`.
    fn string(&mut self) -> Read<(Range<usize>, bool)> {
        self.at += 1;
        let start = self.at;
        let mut plain = true;
        let mut from = start;
        loop {
            while let Some(&unit) = self.units.get(self.at) {
                let unit: u16 = unit.into();
                if unit == u16::from(b'"') || unit == u16::from(b'\\') || unit < 0x20 {
                    break;
                }
                self.at += 1;
            }
            match self.peek() {
                None => return Err(self.fault(FaultKind::UnterminatedString)),
                Some(b'"') => break,
                Some(b'\\') => {
                    if plain {
                        plain = false;
                        self.scratch.clear();
                    }
                    self.text.append(from..self.at, &mut self.scratch);
                    self.escape()?;
                    from = self.at;
                }
                Some(_) => return Err(self.fault(FaultKind::ControlCharacter)),
            }
        }
        if !plain {
            self.text.append(from..self.at, &mut self.scratch);
        }
        let range = start..self.at;
        self.at += 1;
        Ok((range, plain))
    }

    fn escape(&mut self) -> Read<()> {
        self.at += 1;
        let unit = match self.peek() {
            None => return Err(self.fault(FaultKind::Unexpected)),
            Some(escaped @ (b'"' | b'\\' | b'/')) => escaped,
            Some(b'b') => 0x08,
            Some(b'f') => 0x0C,
            Some(b'n') => b'\n',
            Some(b'r') => b'\r',
            Some(b't') => b'\t',
            Some(b'u') => {
                self.at += 1;
                let mut unit = 0;
                for _ in 0..4 {
                    let digit = self.peek().and_then(|digit| char::from(digit).to_digit(16));
                    let Some(digit) = digit else {
                        return Err(self.fault(FaultKind::UnicodeEscape));
                    };
                    unit = unit << 4 | digit as u16;
                    self.at += 1;
                }
                self.scratch.push(unit);
                return Ok(());
            }
            Some(_) => return Err(self.fault(FaultKind::Escape)),
        };
        self.scratch.push(u16::from(unit));
        self.at += 1;
        Ok(())
    }

    /// Skips white space and looks at what follows it.
    fn next_token(&mut self) -> Option<u8> {
        loop {
            match self.peek() {
                Some(b' ' | b'\n' | b'\r' | b'\t') => self.at += 1,
                token => return token,
            }
        }
    }

    /// The unit here if it is ASCII, 0xFF for any other, `None` at the end.
    fn peek(&self) -> Option<u8> {
        let unit: u16 = (*self.units.get(self.at)?).into();
        Some(if unit < 0x80 { unit as u8 } else { 0xFF })
    }

    fn fault(&self, kind: FaultKind) -> ReadError {
        ReadError::Syntax(SyntaxFault { kind, at: self.at })
    }
}

/// Adds an own property without looking at prototypes, so that `__proto__` is
/// a key like any other.
pub(in super::super) fn define(object: &JsObject, key: PropertyKey, value: JsValue) {
    let property = PropertyDescriptor::builder()
        .value(value)
        .writable(true)
        .enumerable(true)
        .configurable(true);
    object.insert_property(key, property);
}
