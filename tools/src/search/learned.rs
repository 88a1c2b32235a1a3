//! What searches led to: words of queries, and the tools that were called next.
//!
//! Pure data. The owner says what followed on what, keeps the text of
//! [`Learned::to_json`] where it likes, and hands the whole to a search; nothing
//! here reads a clock or a file. What was learned fades with every later record,
//! and is bounded in tools, words and bytes. How far it may move a tool is decided
//! in `boost`. Start at [`Learned::record`].

mod stored;

use std::collections::HashMap;

pub use self::stored::LearnedError;

use super::steps;
use super::synonyms::Synonyms;
use super::words::{Words, chunks};
use crate::data_like::without_data;

/// Most tools remembered; the one that faded most goes first.
pub const TOOLS: usize = 500;
/// Most words remembered for one tool.
pub const WORDS: usize = 48;
/// Longest text that is read back, in bytes.
pub const BYTES: usize = 4 << 20;
/// Longest name of a server or tool that is remembered, in bytes.
const NAME_BYTES: usize = 256;
/// Most of a query that is read, in bytes.
const QUERY_BYTES: usize = 4_000;
/// Words of one query that are remembered.
const QUERY_WORDS: usize = 24;
/// After so many further records half of what was learned has faded.
const HALF_LIFE: f32 = 1_000.0;
/// Most that repetition makes of a word.
const STRONGEST: f32 = 8.0;
/// What is weaker has been forgotten.
const WEAKEST: f32 = 0.05;
/// What a word is worth that is often said for one that was learned.
const NEAR: f32 = 0.7;

/// Which words led to which tools.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Learned {
    /// How many records there have been.
    clock: u64,
    tools: Vec<LearnedTool>,
    /// Where each stem stands: its tool in `tools` and its place there, ascending.
    places: HashMap<String, Vec<(usize, usize)>>,
}

/// What was learned about one tool.
#[derive(Debug, Clone, PartialEq)]
struct LearnedTool {
    server: String,
    tool: String,
    uses: u64,
    /// The clock when `words` were last true.
    at: u64,
    words: Vec<LearnedWord>,
}

#[derive(Debug, Clone, PartialEq)]
struct LearnedWord {
    /// As it was asked, in lower case.
    written: String,
    stem: String,
    strength: f32,
}

/// One tool with the words that led to it, for people to read.
#[derive(Debug, Clone, PartialEq)]
pub struct LearnedEntry<'a> {
    /// The server's name.
    pub server: &'a str,
    /// The tool's name as its server knows it.
    pub tool: &'a str,
    /// How often a search led to it.
    pub uses: u64,
    /// The words, strongest first, each with its strength now.
    pub words: Vec<(&'a str, f32)>,
}

impl Learned {
    /// Notes that a search for `query` was followed by a call of `tool` of
    /// `server`, both by the names their server knows.
    pub fn record(&mut self, query: &str, server: &str, tool: &str) {
        let query = &query[..query.floor_char_boundary(QUERY_BYTES)];
        let asked = words(&without_data(&step_for(query, server, tool)));
        if asked.is_empty() || server.len() > NAME_BYTES || tool.len() > NAME_BYTES {
            return;
        }
        // A file by somebody else may say any number.
        self.clock = self.clock.saturating_add(1);
        let place = self.place(server, tool);
        self.unlink(place);
        self.tools[place].add(asked, self.clock);
        self.link(place);
    }

    /// Forgets a tool, a whole server, or with no names everything; says how many
    /// tools were forgotten.
    pub fn forget(&mut self, server: Option<&str>, tool: Option<&str>) -> usize {
        let before = self.tools.len();
        self.tools.retain(|one| {
            server.is_some_and(|server| server != one.server)
                || tool.is_some_and(|tool| tool != one.tool)
        });
        self.places.clear();
        (0..self.tools.len()).for_each(|place| self.link(place));
        before - self.tools.len()
    }

    /// What is known, by server and tool.
    pub fn entries(&self) -> Vec<LearnedEntry<'_>> {
        let entry = |one| LearnedTool::entry(one, self.clock);
        let mut entries: Vec<LearnedEntry<'_>> = self.tools.iter().map(entry).collect();
        entries.sort_by(|a, b| (a.server, a.tool).cmp(&(b.server, b.tool)));
        entries
    }

    /// How many tools something was learned about.
    pub fn len(&self) -> usize {
        self.tools.len()
    }

    /// Whether nothing was learned.
    pub fn is_empty(&self) -> bool {
        self.tools.is_empty()
    }

    /// The tools that a stemmed word led to, or else that words like it led to: the
    /// names of server and tool, and from 0 to 1 how surely the word speaks for it.
    pub(super) fn led_by(&self, stem: &str) -> Vec<(&str, &str, f32)> {
        let mut led = self.led_by_itself(stem);
        if led.is_empty() {
            let others = Synonyms::get().of(stem).iter();
            let near = others.flat_map(|(other, _)| self.led_by_itself(other));
            led = near.map(|(place, sure)| (place, sure * NEAR)).collect();
            led.sort_by(|a, b| a.0.cmp(&b.0).then(b.1.total_cmp(&a.1)));
            led.dedup_by_key(|(place, _)| *place);
        }
        // A word that led to many tools speaks for none of them.
        let all: f32 = led.iter().map(|(_, sure)| sure).sum();
        let led = led.into_iter().map(|(place, sure)| {
            let one = &self.tools[place];
            (&*one.server, &*one.tool, sure * sure / all)
        });
        led.collect()
    }

    fn led_by_itself(&self, stem: &str) -> Vec<(usize, f32)> {
        let places = self.places.get(stem).into_iter().flatten();
        let led = places.filter_map(|&(place, word)| {
            let one = &self.tools[place];
            let strength = one.words[word].strength * one.fade(self.clock);
            // What followed once may be chance.
            let sure = strength / (strength + 1.0);
            (strength >= WEAKEST).then_some((place, sure))
        });
        led.collect()
    }

    /// Where a tool is kept; one that is new takes the place of the weakest where
    /// there is no other.
    fn place(&mut self, server: &str, tool: &str) -> usize {
        if let Some(known) = self.tools.iter().position(|one| one.is(server, tool)) {
            return known;
        }
        let new = LearnedTool {
            server: server.to_owned(),
            tool: tool.to_owned(),
            uses: 0,
            at: self.clock,
            words: Vec::new(),
        };
        if self.tools.len() < TOOLS {
            self.tools.push(new);
            return self.tools.len() - 1;
        }
        let value = |place: &usize| {
            let one = &self.tools[*place];
            one.strongest() * one.fade(self.clock)
        };
        let weakest = (0..TOOLS)
            .min_by(|a, b| value(a).total_cmp(&value(b)))
            .expect("some are kept");
        self.unlink(weakest);
        self.tools[weakest] = new;
        weakest
    }

    /// Lets the words of a tool be found.
    fn link(&mut self, place: usize) {
        for (number, word) in self.tools[place].words.iter().enumerate() {
            let places = self.places.entry(word.stem.clone()).or_default();
            let at = places.partition_point(|(other, _)| *other < place);
            places.insert(at, (place, number));
        }
    }

    fn unlink(&mut self, place: usize) {
        for word in &self.tools[place].words {
            if let Some(places) = self.places.get_mut(&word.stem) {
                places.retain(|(other, _)| *other != place);
                if places.is_empty() {
                    self.places.remove(&word.stem);
                }
            }
        }
    }
}

impl LearnedTool {
    fn is(&self, server: &str, tool: &str) -> bool {
        self.server == server && self.tool == tool
    }

    /// What has become, by `clock`, of something that had strength one.
    fn fade(&self, clock: u64) -> f32 {
        (-(clock.saturating_sub(self.at) as f32) / HALF_LIFE).exp2()
    }

    fn strongest(&self) -> f32 {
        let strengths = self.words.iter().map(|word| word.strength);
        strengths.fold(0.0, f32::max)
    }

    fn add(&mut self, asked: Vec<LearnedWord>, clock: u64) {
        let fade = self.fade(clock);
        for word in &mut self.words {
            word.strength *= fade;
        }
        (self.at, self.uses) = (clock, self.uses.saturating_add(1));
        for word in asked {
            match self.words.iter_mut().find(|known| known.stem == word.stem) {
                Some(known) => known.strength = (known.strength + 1.0).min(STRONGEST),
                None => self.words.push(word),
            }
        }
        self.trim();
    }

    fn trim(&mut self) {
        self.words.retain(|word| word.strength >= WEAKEST);
        self.words
            .sort_by(|a, b| b.strength.total_cmp(&a.strength).then(a.stem.cmp(&b.stem)));
        self.words.truncate(WORDS);
    }

    fn entry(&self, clock: u64) -> LearnedEntry<'_> {
        let fade = self.fade(clock);
        let words = self.words.iter();
        LearnedEntry {
            server: &self.server,
            tool: &self.tool,
            uses: self.uses,
            words: words
                .map(|word| (&*word.written, word.strength * fade))
                .collect(),
        }
    }
}

/// Of a query with several steps those that speak of the tool, if any do.
fn step_for(query: &str, server: &str, tool: &str) -> String {
    let named = words(&format!("{server} {tool}"));
    let speaks = |step: &&str| {
        let mut words = words(step).into_iter();
        words.any(|word| named.iter().any(|name| name.stem == word.stem))
    };
    let mut steps = steps::split(query);
    if steps.iter().any(&speaks) {
        steps.retain(speaks);
    }
    steps.join(" ")
}

/// The words of a query, each once, as strong as once asked.
fn words(query: &str) -> Vec<LearnedWord> {
    let reader = Words::new();
    let mut words: Vec<LearnedWord> = Vec::new();
    for chunk in chunks(query) {
        if words.len() == QUERY_WORDS {
            break;
        }
        reader.parts(chunk, |written, stem| {
            if words.len() < QUERY_WORDS && !words.iter().any(|known| known.stem == stem) {
                words.push(LearnedWord {
                    written: written.to_owned(),
                    stem: stem.to_owned(),
                    strength: 1.0,
                });
            }
        });
    }
    words
}

#[cfg(test)]
mod tests;
