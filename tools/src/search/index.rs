//! The index: what each word adds to each tool, computed as far as possible
//! beforehand.
//!
//! What a term adds to a tool depends on both alone, so it is stored, and a query
//! only adds up. A match on the server's name is kept apart, since there it counts
//! to a limit: a vendor's name must not drown the verb. It owns what is prepared
//! once per catalog; what a query makes of it is in `rank`. Start at
//! [`Index::new`].

mod build;

use std::collections::HashMap;
use std::ops::Range;

use super::semantic::Space;
use super::synonyms::Nearness;
use super::verbs::Acts;
use super::vocabulary::Vocabulary;
use crate::catalog::Catalog;

/// What is prepared once per catalog.
#[derive(Debug)]
pub(crate) struct Index {
    /// Stemmed words, each with its place in `terms`.
    vocabulary: Vocabulary,
    /// Parts of names as they are written, each with its stem's place.
    parts: HashMap<String, u32>,
    /// What may stand for a stemmed word and is in the vocabulary.
    stand_ins: HashMap<&'static str, Vec<(u32, Nearness)>>,
    terms: Vec<Term>,
    /// By term, and of one term by tool, ascending.
    postings: Vec<Posting>,
    tools: Vec<Entry>,
    /// The tools of each server.
    servers: Vec<Range<usize>>,
    space: Option<Space>,
}

/// What is known of a word.
#[derive(Debug)]
struct Term {
    /// Where its postings begin; they end where those of the next begin.
    first: u32,
    /// Its number in the space, if it has one.
    meaning: Option<u32>,
    /// Rarity.
    weight: f32,
    /// Servers that have it in their name.
    servers: Box<[u32]>,
}

/// A word in a tool.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Posting {
    pub(super) tool: u32,
    /// The part of the tool's score that the word is.
    pub(super) share: f32,
    /// The part of the tool's name that the word is.
    pub(super) named: f32,
}

#[derive(Debug)]
struct Entry {
    /// The first sentence of the description.
    summary: Box<str>,
    /// How it is called, if that is short enough for a row.
    signature: Option<Box<str>>,
    acts: Acts,
    server: u32,
}

impl Index {
    pub(crate) fn new(catalog: &Catalog) -> Self {
        build::index(catalog)
    }

    /// The first sentence about a tool.
    pub(crate) fn summary(&self, tool: usize) -> &str {
        &self.tools[tool].summary
    }

    /// How a tool is called, if that can be said in a row.
    pub(crate) fn signature(&self, tool: usize) -> Option<&str> {
        self.tools[tool].signature.as_deref()
    }

    /// How much memory it takes, in bytes, but for what the allocator adds.
    pub(crate) fn bytes(&self) -> usize {
        let parts = self.parts.keys().map(String::capacity);
        let servers = self.terms.iter().map(|term| term.servers.len());
        let rows = self.tools.iter().map(|tool| {
            let signature = tool.signature.as_ref();
            tool.summary.len() + signature.map_or(0, |signature| signature.len())
        });
        let stand_ins = self.stand_ins.values().map(Vec::capacity);
        self.vocabulary.bytes()
            + parts.sum::<usize>()
            + self.parts.capacity() * size_of::<(String, u32)>()
            + self.stand_ins.capacity() * size_of::<(&str, Vec<u8>)>()
            + stand_ins.sum::<usize>() * size_of::<(u32, Nearness)>()
            + size_of_val(&*self.terms)
            + servers.sum::<usize>() * size_of::<u32>()
            + size_of_val(&*self.postings)
            + size_of_val(&*self.tools)
            + rows.sum::<usize>()
            + size_of_val(&*self.servers)
            + self.space.as_ref().map_or(0, Space::bytes)
    }

    pub(super) fn tool_count(&self) -> usize {
        self.tools.len()
    }

    pub(super) fn acts(&self, tool: usize) -> Acts {
        self.tools[tool].acts
    }

    /// The tools of each server.
    pub(super) fn servers(&self) -> &[Range<usize>] {
        &self.servers
    }

    pub(super) fn space(&self) -> Option<&Space> {
        self.space.as_ref()
    }

    pub(super) fn vocabulary(&self) -> &Vocabulary {
        &self.vocabulary
    }

    /// The number of a stemmed word, if any tool or server has it.
    pub(super) fn number(&self, stem: &str) -> Option<u32> {
        self.vocabulary.number(stem)
    }

    /// The number of what a part of some name, as it is written, is stemmed to.
    pub(super) fn part(&self, written: &str) -> Option<u32> {
        self.parts.get(written).copied()
    }

    /// What may stand for a stemmed word, without the word itself.
    pub(super) fn stand_ins(&self, stem: &str) -> &[(u32, Nearness)] {
        self.stand_ins.get(stem).map_or(&[], Vec::as_slice)
    }

    pub(super) fn postings(&self, term: u32) -> &[Posting] {
        let first = self.terms[term as usize].first as usize;
        let next = self.terms.get(term as usize + 1);
        let last = next.map_or(self.postings.len(), |next| next.first as usize);
        &self.postings[first..last]
    }

    /// The word in a tool, if it has it.
    pub(super) fn posting(&self, term: u32, tool: usize) -> Option<&Posting> {
        let postings = self.postings(term);
        let at = postings.binary_search_by_key(&(tool as u32), |posting| posting.tool);
        Some(&postings[at.ok()?])
    }

    /// Tools whose server has the word in its name.
    pub(super) fn by_server_name(&self, term: u32) -> impl Iterator<Item = usize> {
        let servers = self.terms[term as usize].servers.iter();
        servers.flat_map(|server| self.servers[*server as usize].clone())
    }

    /// Whether a tool's server has the word in its name.
    pub(super) fn server_has(&self, term: u32, tool: usize) -> bool {
        let servers = &self.terms[term as usize].servers;
        servers.contains(&self.tools[tool].server)
    }

    /// How fully a tool has a word, from 0 to 1; in its server's name, wholly.
    pub(super) fn has(&self, term: u32, tool: usize) -> f32 {
        if self.server_has(term, tool) {
            return 1.0;
        }
        let share = self.posting(term, tool).map_or(0.0, |own| own.share);
        share / build::MOST_SHARE as f32
    }

    /// The word's number in the space.
    pub(super) fn meaning(&self, term: u32) -> Option<u32> {
        self.terms[term as usize].meaning
    }

    /// Whether the name of some tool has both words.
    pub(super) fn named_together(&self, one: u32, other: u32) -> bool {
        let (one, other) = if self.postings(one).len() < self.postings(other).len() {
            (one, other)
        } else {
            (other, one)
        };
        let mut named = self.postings(one).iter().filter(|one| one.named > 0.0);
        named.any(|one| {
            let other = self.posting(other, one.tool as usize);
            other.is_some_and(|other| other.named > 0.0)
        })
    }

    /// How rare a word is.
    pub(super) fn weight(&self, term: u32) -> f32 {
        self.terms[term as usize].weight
    }
}
