//! What a conversation costs: tokens per step, added up into a table.

use std::fmt;

use anyhow::Context;
use tiktoken_rs::CoreBPE;

use crate::render::grouped;

/// Counts tokens as current models do (`o200k_base`).
pub(super) struct Counter(CoreBPE);

impl Counter {
    pub(super) fn new() -> anyhow::Result<Self> {
        Ok(Self(
            tiktoken_rs::o200k_base().context("cannot load the vocabulary")?,
        ))
    }

    pub(super) fn count(&self, text: &str) -> usize {
        self.0.encode_ordinary(text).len()
    }
}

/// Rows of what is compared, in tokens.
#[derive(Debug, Default)]
pub(super) struct Table {
    rows: Vec<(String, Option<usize>, Option<usize>)>,
}

impl Table {
    /// A row; `None` where a way has no such step.
    pub(super) fn row(
        &mut self,
        what: impl Into<String>,
        without: Option<usize>,
        with: Option<usize>,
    ) {
        self.rows.push((what.into(), without, with));
    }

    fn sums(&self) -> (usize, usize) {
        self.rows.iter().fold((0, 0), |(without, with), row| {
            (without + row.1.unwrap_or(0), with + row.2.unwrap_or(0))
        })
    }
}

impl fmt::Display for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let width = self
            .rows
            .iter()
            .map(|row| row.0.chars().count())
            .max()
            .unwrap_or(0)
            .max(5);
        let cell = |tokens: &Option<usize>| tokens.map_or_else(|| "–".to_owned(), grouped);
        writeln!(
            f,
            "{:width$}  {:>15}  {:>12}",
            "tokens (o200k)", "without Retort", "with Retort"
        )?;
        for (what, without, with) in &self.rows {
            writeln!(
                f,
                "{what:width$}  {:>15}  {:>12}",
                cell(without),
                cell(with)
            )?;
        }
        let (without, with) = self.sums();
        writeln!(
            f,
            "{:width$}  {:>15}  {:>12}",
            "total",
            grouped(without),
            grouped(with)
        )?;
        let saved = 100.0 * (1.0 - with as f64 / without.max(1) as f64);
        write!(f, "saved: {saved:.1} %")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_add_up() {
        let mut table = Table::default();
        table.row("tool definitions", Some(9000), Some(1000));
        table.row("search", None, Some(200));
        insta::assert_snapshot!(table, @"
        tokens (o200k)     without Retort   with Retort
        tool definitions            9,000         1,000
        search                          –           200
        total                       9,000         1,200
        saved: 86.7 %
        ");
    }

    #[test]
    fn tokens_are_those_of_the_vocabulary() {
        assert_eq!(Counter::new().unwrap().count("hello world"), 2);
    }
}
