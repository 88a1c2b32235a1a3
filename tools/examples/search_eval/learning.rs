//! What learning from use is worth: each query of one kind is followed by a call of
//! its tool, and then everything is asked again.

use std::error::Error;

use retort_tools::{Learned, SearchOptions};
use serde_json::{Map, Value};

use crate::bench::Bench;
use crate::beside::{Pair, beside};
use crate::data::Query;
use crate::six::Sets;

/// Every so many content words one is dropped.
const DROPPED: usize = 3;

/// Words that say nothing by themselves.
const EMPTY: [&str; 40] = [
    "a", "an", "and", "are", "as", "at", "be", "by", "can", "did", "do", "does", "for", "from",
    "have", "how", "i", "in", "is", "it", "me", "my", "of", "on", "or", "our", "that", "the",
    "their", "this", "to", "up", "was", "we", "what", "which", "who", "with", "you", "your",
];

/// Before and after learning from the paraphrases: they themselves, the same with
/// every third content word dropped, the same in other words, and all other kinds.
pub(crate) fn measure(sets: &Sets) -> Result<Value, Box<dyn Error>> {
    let core = &sets.core;
    let asked = core.queries("paraphrase")?;
    let learned = core.bench.learned(&asked);
    let mut printed = Map::new();
    let mut add = |name: &str, bench: &Bench, queries: &[Query]| {
        let pair = [beside_learned(bench, queries, &learned)];
        printed.insert(name.to_owned(), beside(&pair, ["before", "after"]).into());
    };
    add(
        "paraphrase_dropped",
        &core.bench,
        &without_words(&asked, DROPPED),
    );
    add("reworded", &core.bench, &core.queries("reworded")?);
    for (set, kind) in sets.kinds() {
        add(kind, &set.bench, &set.queries(kind)?);
    }
    Ok(printed.into())
}

/// Queries under the full ranking, before and after something was learned.
pub(crate) fn beside_learned(bench: &Bench, queries: &[Query], learned: &Learned) -> Pair {
    let measure = |learned| {
        let options = SearchOptions {
            learned,
            ..SearchOptions::default()
        };
        bench.measure(queries, options).figures
    };
    Pair {
        before: measure(None),
        after: measure(Some(learned)),
    }
}

/// The same queries without every `every`th word that says something.
pub(crate) fn without_words(queries: &[Query], every: usize) -> Vec<Query> {
    let queries = queries.iter().cloned().map(|mut query| {
        query.text = drop_words(&query.text, every);
        query
    });
    queries.collect()
}

fn drop_words(text: &str, every: usize) -> String {
    let mut content = 0;
    let kept = text.split_whitespace().filter(|word| {
        let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
        let says = !bare.is_empty() && !EMPTY.contains(&&*bare.to_lowercase());
        content += usize::from(says);
        !says || !content.is_multiple_of(every)
    });
    kept.collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_that_say_nothing_are_not_counted() {
        let text = "who wrote this code, and when was it changed last?";
        assert_eq!(
            drop_words(text, 3),
            "who wrote this code, and was it changed last?"
        );
        assert_eq!(drop_words("one", 3), "one");
        assert_eq!(drop_words("one two", 1), "");
    }
}
