//! Builds the index. Start at [`index`].

use std::collections::HashMap;

use super::super::SIGNATURE_BYTES;
use super::super::fields::{FIELDS, Fields, Reader};
use super::super::semantic::{Rows, Space};
use super::super::synonyms::{Nearness, Synonyms};
use super::super::vocabulary::Vocabulary;
use super::{Entry, Index, Posting, Term};
use crate::catalog::{Catalog, ToolRef};
use crate::definition::ToolDefinition;
use crate::prose;

/// Name, title, first sentence, description, parameter names, their descriptions.
const WEIGHTS: [f64; FIELDS] = [8.0, 3.0, 2.0, 0.8, 0.6, 0.4];
/// How much a field's length counts against it.
const LENGTH: [f64; FIELDS] = [0.4, 0.4, 0.6, 0.75, 0.6, 0.75];
/// How soon repetition stops to count.
const SATURATION: f64 = 2.5;
/// What no share reaches, however often and in whichever field a word stands.
pub(super) const MOST_SHARE: f64 = SATURATION + 1.0;
/// What the server's name is worth in a tool's meaning, beside a word of its own.
const SERVER_MEANING: f32 = 0.4;
/// Longest summary in a row, in characters.
const SUMMARY_CHARS: usize = 120;
/// Largest definition whose signature is shown in a row, in bytes of memory.
const SIGNED_BYTES: usize = 256 << 10;
/// Words that have a meaning; beyond, those that fewer tools have go without.
const MEANINGS: usize = 50_000;

pub(super) fn index(catalog: &Catalog) -> Index {
    let mut reader = Reader::new(catalog.tool_count());
    let mut tools: Vec<Fields> = Vec::with_capacity(catalog.tool_count());
    let (mut names, mut servers) = (Vec::new(), Vec::new());
    for server in catalog.servers() {
        names.push(reader.server(&server.name));
        let first = tools.len();
        tools.extend(server.tool_refs().map(|tool| reader.tool(tool)));
        servers.push(first..tools.len());
    }
    let (vocabulary, parts) = in_order(reader, &mut tools, &mut names);
    let (mut terms, mut postings) = postings(vocabulary.len(), &tools);
    add_servers(&mut terms, &names);
    add_names(&terms, &mut postings, &tools);
    let mut index = Index {
        stand_ins: stand_ins(&vocabulary),
        vocabulary,
        parts,
        terms,
        postings,
        tools: Vec::with_capacity(tools.len()),
        servers,
        space: None,
    };
    for (number, server) in (0..).zip(&index.servers) {
        let entries = server.clone().map(|tool| Entry {
            summary: summary(&catalog.place(tool).tool.definition),
            signature: signature(catalog.place(tool)),
            acts: tools[tool].acts,
            server: number,
        });
        index.tools.extend(entries);
    }
    drop(tools);
    let words = number_meanings(&mut index);
    index.space = Space::new(&meanings(&index), words);
    index
}

/// What a row says about a tool.
fn summary(definition: &ToolDefinition) -> Box<str> {
    let about = [&definition.description, &definition.title];
    let about = about.into_iter().flatten().find(|about| !about.is_empty());
    let about = about.map_or("", String::as_str);
    prose::first_sentence(about, SUMMARY_CHARS).into()
}

fn signature(tool: ToolRef<'_>) -> Option<Box<str>> {
    let definition = &tool.tool.definition;
    let readable = definition.memory() <= SIGNED_BYTES;
    let signature = readable.then(|| tool.signature_within(SIGNATURE_BYTES, None));
    signature.flatten().map(String::into_boxed_str)
}

/// Numbers the words in alphabetical order, wherever they stand.
fn in_order(
    reader: Reader,
    tools: &mut [Fields],
    names: &mut [Vec<u32>],
) -> (Vocabulary, HashMap<String, u32>) {
    let mut words = vec![String::new(); reader.vocabulary.len()];
    for (word, number) in reader.vocabulary {
        words[number as usize] = word;
    }
    let (vocabulary, places) = Vocabulary::new(words);
    let renumber = |term: &mut u32| *term = places[*term as usize];
    for fields in tools {
        fields
            .counts
            .iter_mut()
            .for_each(|(term, _)| renumber(term));
        fields.named.iter_mut().for_each(renumber);
    }
    names.iter_mut().flatten().for_each(renumber);
    let mut parts = reader.parts;
    parts.values_mut().for_each(renumber);
    parts.shrink_to_fit();
    (vocabulary, parts)
}

/// Turns counts into what each term adds to each tool.
fn postings(words: usize, tools: &[Fields]) -> (Vec<Term>, Vec<Posting>) {
    let mut mean = [0.0; FIELDS];
    let mut holders = vec![0_u32; words];
    for fields in tools {
        for (sum, length) in mean.iter_mut().zip(fields.lengths) {
            *sum += f64::from(length) / tools.len() as f64;
        }
        for (term, _) in &fields.counts {
            holders[*term as usize] += 1;
        }
    }
    let mut next = 0;
    let count = tools.len() as f64;
    let terms = holders.into_iter().map(|holders| {
        let first = next;
        next += holders;
        let holders = f64::from(holders.max(1));
        Term {
            first,
            meaning: None,
            weight: (1.0 + (count - holders + 0.5) / (holders + 0.5)).ln() as f32,
            servers: Box::default(),
        }
    });
    let terms: Vec<Term> = terms.collect();
    let mut places: Vec<u32> = terms.iter().map(|term| term.first).collect();
    let mut postings = vec![Posting::default(); next as usize];
    for (tool, fields) in (0..).zip(tools) {
        let mut worth = [0.0; FIELDS];
        for field in 0..FIELDS {
            let length = f64::from(fields.lengths[field]) / f64::max(mean[field], 1.0);
            worth[field] = WEIGHTS[field] / (1.0 - LENGTH[field] + LENGTH[field] * length);
        }
        for (term, counts) in &fields.counts {
            let counts = counts.iter().zip(worth);
            let frequency: f64 = counts.map(|(count, worth)| f64::from(*count) * worth).sum();
            let share = frequency * MOST_SHARE / (frequency + SATURATION);
            let place = &mut places[*term as usize];
            postings[*place as usize] = Posting {
                tool,
                share: share as f32,
                named: 0.0,
            };
            *place += 1;
        }
    }
    (terms, postings)
}

fn add_servers(terms: &mut [Term], names: &[Vec<u32>]) {
    let mut by_term: HashMap<u32, Vec<u32>> = HashMap::new();
    for (server, name) in (0..).zip(names) {
        for term in name {
            by_term.entry(*term).or_default().push(server);
        }
    }
    for (term, servers) in by_term {
        terms[term as usize].servers = servers.into();
    }
}

/// Weighs the words of each name against each other.
fn add_names(terms: &[Term], postings: &mut [Posting], tools: &[Fields]) {
    for (tool, fields) in (0_u32..).zip(tools) {
        let weight = |term: &u32| terms[*term as usize].weight;
        let whole: f32 = fields.named.iter().map(weight).sum();
        for term in &fields.named {
            let first = terms[*term as usize].first as usize;
            let last = terms.get(*term as usize + 1);
            let last = last.map_or(postings.len(), |next| next.first as usize);
            let postings = &mut postings[first..last];
            if let Ok(at) = postings.binary_search_by_key(&tool, |posting| posting.tool) {
                postings[at].named = weight(term) / whole;
            }
        }
    }
}

fn stand_ins(vocabulary: &Vocabulary) -> HashMap<&'static str, Vec<(u32, Nearness)>> {
    let mut stand_ins = HashMap::new();
    for (stem, others) in Synonyms::get().all() {
        let known = others
            .iter()
            .filter_map(|(other, nearness)| Some((vocabulary.number(other)?, *nearness)));
        let known: Vec<(u32, Nearness)> = known.collect();
        if !known.is_empty() {
            stand_ins.insert(stem, known);
        }
    }
    stand_ins
}

/// Numbers the words that have a meaning, those that more than one tool has or a
/// server's name; gives how many there are.
fn number_meanings(index: &mut Index) -> usize {
    let terms = 0..index.terms.len() as u32;
    let holders = |index: &Index, term: u32| {
        let named = !index.terms[term as usize].servers.is_empty();
        index.postings(term).len() + 2 * usize::from(named)
    };
    let mut meant: Vec<u32> = terms.filter(|term| holders(index, *term) > 1).collect();
    if meant.len() > MEANINGS {
        meant.sort_by_key(|term| std::cmp::Reverse(holders(index, *term)));
        meant.truncate(MEANINGS);
        meant.sort_unstable();
    }
    for (number, term) in (0..).zip(&meant) {
        index.terms[*term as usize].meaning = Some(number);
    }
    meant.len()
}

/// What each tool is about: its words by weight, without those that it alone has.
fn meanings(index: &Index) -> Rows {
    let mut meanings: Vec<Vec<(u32, f32)>> = vec![Vec::new(); index.tools.len()];
    for (number, term) in (0..).zip(&index.terms) {
        let Some(meaning) = term.meaning else {
            continue;
        };
        let postings = index.postings(number);
        if postings.len() > 1 {
            for posting in postings {
                let weight = posting.share * term.weight;
                meanings[posting.tool as usize].push((meaning, weight));
            }
        }
        for tool in index.by_server_name(number) {
            meanings[tool].push((meaning, SERVER_MEANING * term.weight));
        }
    }
    let mut rows = Rows::default();
    for meaning in meanings {
        rows.push(meaning);
    }
    rows
}
