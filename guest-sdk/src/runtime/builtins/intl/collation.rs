//! `Intl.Collator` and `String.prototype.localeCompare`.
//!
//! Letters compare by their base first, then by accents, then by case, in the
//! order of the root collation. Characters without an entry in the table follow
//! by code point: letters after all others, symbols before the currencies.

use std::cmp::Ordering;
use std::collections::HashMap;
use std::sync::LazyLock;

use boa_engine::string::JsStrVariant;
use boa_engine::{Context, Finalize, JsArgs, JsData, JsObject, JsResult, JsString, JsValue, Trace};
use icu_normalizer::DecomposingNormalizerBorrowed;
use serde::Deserialize;

use super::options::{Options, check_locales};
use super::{WithoutNew, bound, define, resolved, text, wrong_receiver};

/// Classes of characters of equal base in order, each with its groups of equal
/// accent; and the groups of combining marks.
const TABLE: &str = include_str!("collation.json");
/// Weights of accents that belong to a letter, after those of combining marks.
const OWN_ACCENT: u16 = 1000;
/// Room between two classes for characters without an entry.
const CLASS: u64 = 1 << 21;

/// A class after all those of the table.
const LAST_CLASS: u64 = 10_000;
/// Added to the case of letters that stand for several.
const OWN_CASE: u16 = 1000;
/// Letters that compare as several.
const EXPANSIONS: [(char, &str); 11] = [
    ('ß', "ss"),
    ('ẞ', "SS"),
    ('æ', "ae"),
    ('Æ', "AE"),
    ('œ', "oe"),
    ('Œ', "OE"),
    ('…', "..."),
    ('™', "TM"),
    ('№', "No"),
    ('ﬁ', "fi"),
    ('ﬂ', "fl"),
];

/// Letters among them that are only another way to write the several.
const LIGATURES: [char; 2] = ['ﬁ', 'ﬂ'];

static WEIGHTS: LazyLock<Weights> = LazyLock::new(Weights::read);

/// Where a character stands; of each level, 0 is nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
struct Weight {
    base: u64,
    accent: u16,
    /// Position among what differs in less than accent: lower case comes first.
    case: u16,
    is_upper: bool,
}

struct Weights {
    ascii: [Weight; 128],
    others: HashMap<char, Weight>,
    first_digit: u64,
    first_currency: u64,
    /// What comes before it is space and punctuation.
    first_symbol: u64,
}

#[derive(Debug, Clone, Copy, Trace, Finalize, JsData)]
#[boa_gc(empty_trace)]
struct Collation {
    sensitivity: &'static str,
    is_numeric: bool,
    ignores_punctuation: bool,
    case_first: &'static str,
    usage: &'static str,
}

impl Default for Collation {
    fn default() -> Self {
        Self {
            sensitivity: "variant",
            is_numeric: false,
            ignores_punctuation: false,
            case_first: "false",
            usage: "sort",
        }
    }
}

pub(super) fn install(intl: &JsObject, context: &mut Context) -> JsResult<()> {
    // Read while the realm is built, so that no script pays for it.
    LazyLock::force(&WEIGHTS);
    let class = super::class(
        intl,
        "Collator",
        WithoutNew::Constructs,
        |prototype, args, context| {
            let collation = read(args.get_or_undefined(0), args.get_or_undefined(1), context)?;
            Ok(JsObject::from_proto_and_data(prototype, collation))
        },
        &[("resolvedOptions", 0, resolved_options)],
        context,
    )?;
    let compare: define::Native = |this, _, context| bound(this, 2, compare_two, context);
    define::accessor(&class.prototype, "compare", compare, None, context)?;
    let string = context.intrinsics().constructors().string().prototype();
    define::method(&string, "localeCompare", 1, locale_compare, context)
}

fn read(locales: &JsValue, options: &JsValue, context: &mut Context) -> JsResult<Collation> {
    check_locales(locales, context)?;
    let mut collation = Collation::default();
    if options.is_undefined() {
        return Ok(collation);
    }
    let options = Options::new(options, context)?;
    if let Some(usage) = options.choice("usage", &["sort", "search"], context)? {
        collation.usage = usage;
    }
    options.only("collation", &["default"], context)?;
    collation.is_numeric = options.boolean("numeric", context)?.unwrap_or(false);
    if let Some(case) = options.choice("caseFirst", &["upper", "lower", "false"], context)? {
        collation.case_first = case;
    }
    let levels = ["base", "accent", "case", "variant"];
    if let Some(sensitivity) = options.choice("sensitivity", &levels, context)? {
        collation.sensitivity = sensitivity;
    }
    let ignores = options.boolean("ignorePunctuation", context)?;
    collation.ignores_punctuation = ignores.unwrap_or(false);
    Ok(collation)
}

fn compare_two(object: &JsObject, args: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let a = args.get_or_undefined(0).to_string(context)?;
    let b = args.get_or_undefined(1).to_string(context)?;
    let collation = object
        .downcast_ref::<Collation>()
        .map(|collation| *collation);
    let collation = collation.ok_or_else(wrong_receiver)?;
    Ok((collation.compare(&a, &b) as i32).into())
}

fn locale_compare(this: &JsValue, args: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let a = this.require_object_coercible()?.to_string(context)?;
    let b = args.get_or_undefined(0).to_string(context)?;
    let collation = read(args.get_or_undefined(1), args.get_or_undefined(2), context)?;
    Ok((collation.compare(&a, &b) as i32).into())
}

fn resolved_options(this: &JsValue, _: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let object = this.as_object().ok_or_else(wrong_receiver)?;
    let collation = object
        .downcast_ref::<Collation>()
        .map(|collation| *collation);
    let collation = collation.ok_or_else(wrong_receiver)?;
    let properties = vec![
        ("locale", text("en-US")),
        ("usage", text(collation.usage)),
        ("sensitivity", text(collation.sensitivity)),
        ("ignorePunctuation", collation.ignores_punctuation.into()),
        ("collation", text("default")),
        ("numeric", collation.is_numeric.into()),
        ("caseFirst", text(collation.case_first)),
    ];
    resolved(properties, context)
}

impl Collation {
    fn compare(&self, a: &JsString, b: &JsString) -> Ordering {
        if a == b {
            return Ordering::Equal;
        }
        if let (JsStrVariant::Latin1(a), JsStrVariant::Latin1(b)) = (a.variant(), b.variant())
            && a.is_ascii()
            && b.is_ascii()
            && !self.is_numeric
        {
            return self.compare_ascii(a, b);
        }
        let (a, b) = (a.to_std_string_lossy(), b.to_std_string_lossy());
        self.compare_weights(&self.weights(&a), &self.weights(&b))
    }

    /// The same as [`Self::compare_weights`], in one pass and without accents.
    fn compare_ascii(&self, a: &[u8], b: &[u8]) -> Ordering {
        let next = |letters: &mut std::slice::Iter<'_, u8>| {
            let mut weights = letters.map(|letter| &WEIGHTS.ascii[usize::from(*letter)]);
            weights.find(|weight| self.counts(weight))
        };
        let (mut a, mut b) = (a.iter(), b.iter());
        let (mut by_upper, mut by_case) = (Ordering::Equal, Ordering::Equal);
        loop {
            match (next(&mut a), next(&mut b)) {
                (Some(one), Some(other)) => {
                    let by_base = one.base.cmp(&other.base);
                    if by_base != Ordering::Equal {
                        return by_base;
                    }
                    by_upper = by_upper.then(one.is_upper.cmp(&other.is_upper));
                    by_case = by_case.then(one.case.cmp(&other.case));
                }
                (None, None) => break,
                (one, other) => return one.is_some().cmp(&other.is_some()),
            }
        }
        self.by_case(by_upper).then(self.by_variant(by_case))
    }

    /// The order by case, as far as it counts apart from all other variants.
    fn by_case(&self, order: Ordering) -> Ordering {
        match (self.case_first, self.sensitivity) {
            ("upper", "case" | "variant") => order.reverse(),
            ("lower", "variant") | (_, "case") => order,
            _ => Ordering::Equal,
        }
    }

    fn by_variant(&self, order: Ordering) -> Ordering {
        if self.sensitivity == "variant" {
            order
        } else {
            Ordering::Equal
        }
    }

    fn compare_weights(&self, a: &[Weight], b: &[Weight]) -> Ordering {
        let is_letter = |weight: &&Weight| weight.base > 0;
        let (a_letters, b_letters) = (a.iter().filter(is_letter), b.iter().filter(is_letter));
        let bases = |weight: &Weight| weight.base;
        let by_base = (a_letters.clone().map(bases)).cmp(b_letters.clone().map(bases));
        if by_base != Ordering::Equal || self.sensitivity == "base" {
            return by_base;
        }
        if self.sensitivity != "case" {
            let accents = |weight: &Weight| weight.accent;
            let by_accent = a.iter().map(accents).cmp(b.iter().map(accents));
            if by_accent != Ordering::Equal {
                return by_accent;
            }
        }
        let uppers = |weight: &Weight| weight.is_upper;
        let by_upper = a_letters.map(uppers).cmp(b_letters.map(uppers));
        let cases = |weight: &Weight| weight.case;
        let by_case = a.iter().map(cases).cmp(b.iter().map(cases));
        self.by_case(by_upper).then(self.by_variant(by_case))
    }

    /// Whether a character takes part in comparing.
    fn counts(&self, weight: &Weight) -> bool {
        let is_punctuation =
            self.ignores_punctuation && weight.base > 0 && weight.base < WEIGHTS.first_symbol;
        *weight != Weight::default() && !is_punctuation
    }

    fn weights(&self, text: &str) -> Vec<Weight> {
        let text = DecomposingNormalizerBorrowed::new_nfd().normalize(text);
        let mut weights = Vec::with_capacity(text.len());
        let mut letters = text.chars().peekable();
        while let Some(letter) = letters.next() {
            if self.is_numeric && letter.is_ascii_digit() {
                let mut digits = String::from(letter);
                while let Some(digit) = letters.next_if(char::is_ascii_digit) {
                    digits.push(digit);
                }
                let digits = digits.trim_start_matches('0');
                // A number counts by how many digits it has, and then by them.
                let zero = WEIGHTS.of('0');
                weights.push(Weight {
                    base: zero.base + digits.len() as u64,
                    ..zero
                });
                weights.extend(digits.chars().map(|digit| WEIGHTS.of(digit)));
                continue;
            }
            let Some((_, expansion)) = EXPANSIONS.iter().find(|(known, _)| *known == letter) else {
                weights.push(WEIGHTS.of(letter));
                continue;
            };
            weights.extend(expansion.chars().map(|part| {
                let mut weight = WEIGHTS.of(part);
                if letter.is_alphabetic() && !LIGATURES.contains(&letter) {
                    weight.accent += OWN_ACCENT;
                } else {
                    weight.case += OWN_CASE;
                }
                weight
            }));
        }
        weights.retain(|weight| self.counts(weight));
        weights
    }
}

impl Weights {
    fn read() -> Self {
        let table: Table = serde_json::from_str(TABLE).unwrap_or_default();
        let mut others = HashMap::new();
        for (at, class) in table.classes.iter().enumerate() {
            let groups = match class {
                Class::One(group) => std::slice::from_ref(group),
                Class::Several(groups) => groups,
            };
            for (accent, group) in groups.iter().enumerate() {
                for (case, letter) in group.chars().enumerate() {
                    let weight = Weight {
                        base: (at as u64 + 1) * CLASS,
                        accent: if accent == 0 {
                            1
                        } else {
                            OWN_ACCENT + accent as u16
                        },
                        case: case as u16 + 1,
                        is_upper: letter.is_uppercase(),
                    };
                    others.insert(letter, weight);
                }
            }
        }
        for (at, marks) in table.marks.iter().enumerate() {
            for mark in marks.chars() {
                let weight = Weight {
                    base: 0,
                    accent: at as u16 + 2,
                    case: 1,
                    is_upper: false,
                };
                others.insert(mark, weight);
            }
        }
        let of = |letter: char| others.get(&letter).copied().unwrap_or_default();
        let ascii = std::array::from_fn(|at| of(at as u8 as char));
        Self {
            ascii,
            first_digit: of('0').base,
            first_currency: of('\u{a4}').base,
            first_symbol: of('`').base,
            others,
        }
    }

    fn of(&self, letter: char) -> Weight {
        if let Some(weight) = self.others.get(&letter) {
            return *weight;
        }
        if letter.is_control() {
            return Weight::default();
        }
        let code = u64::from(u32::from(letter));
        let base = if letter.is_alphanumeric() {
            self.first_digit.max(LAST_CLASS * CLASS) + code
        } else {
            self.first_currency.saturating_sub(CLASS) + code
        };
        Weight {
            base,
            accent: 1,
            case: 1,
            is_upper: letter.is_uppercase(),
        }
    }
}

#[derive(Default, Deserialize)]
struct Table {
    classes: Vec<Class>,
    marks: Vec<String>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Class {
    One(String),
    Several(Vec<String>),
}
