//! Verbs, and what kind of act a name or a query speaks of: reading, making,
//! changing, ending, running.
//!
//! The verbs are those of any API, in the order of no catalog in particular. Start
//! at [`Acts::of`].

use std::collections::{HashMap, HashSet};
use std::sync::OnceLock;

use rust_stemmers::{Algorithm, Stemmer};

/// Kinds of acts, several where a verb is used for several; none where no verb is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Acts(u8);

/// Verbs by kind of act; one may stand in several.
const VERBS: [&str; 5] = [
    "get list read search find show fetch retrieve query lookup look view check describe browse \
     see count know tell",
    "create add new make insert write post send generate upload publish open submit draft \
     register book invite put leave file log reply start launch schedule set",
    "update edit modify change set rename move assign mark enable disable configure adjust \
     replace put patch switch turn increase decrease close resolve reopen merge approve",
    "delete remove destroy cancel erase drop purge clear stop terminate revoke kill archive \
     unsubscribe uninstall rid",
    "run execute start trigger invoke launch click press navigate deploy restart retry",
];

/// What asks for reading without a verb.
const QUESTIONS: &str = "who which how when where many much";

/// Verbs that begin a step, of whichever kind.
const OTHERS: &str = "analyze ask attach book comment compare convert copy download draw email \
                      export extract give import label message notify plot save share sort \
                      summarize tag translate use wait";

/// Whether a word, as it is written, may begin an order.
pub(super) fn is_verb(word: &str) -> bool {
    static KNOWN: OnceLock<HashSet<&str>> = OnceLock::new();
    let known = KNOWN.get_or_init(|| {
        let all = VERBS.into_iter().chain([OTHERS]);
        all.flat_map(str::split_whitespace).collect()
    });
    known.contains(&*word.to_lowercase())
}

impl Acts {
    /// The kinds of the first verb among stemmed words.
    pub(super) fn of<'a>(mut stems: impl Iterator<Item = &'a str>) -> Self {
        static KINDS: OnceLock<HashMap<String, u8>> = OnceLock::new();
        let kinds = KINDS.get_or_init(|| {
            let stemmer = Stemmer::create(Algorithm::English);
            let mut kinds = HashMap::new();
            let verbs = VERBS.iter().enumerate();
            for (kind, verbs) in verbs.chain([(0, &QUESTIONS)]) {
                for verb in verbs.split_whitespace() {
                    *kinds.entry(stemmer.stem(verb).into_owned()).or_insert(0) |= 1 << kind;
                }
            }
            kinds
        });
        Self(stems.find_map(|stem| kinds.get(stem).copied()).unwrap_or(0))
    }

    /// From 0, another kind of act, to 1, the same; between them where a tool does
    /// not say.
    pub(super) fn agree(self, tool: Self) -> f32 {
        match (self.0, tool.0) {
            (_, 0) | (0, _) => 0.5,
            (asked, named) if asked & named != 0 => 1.0,
            _ => 0.0,
        }
    }
}
