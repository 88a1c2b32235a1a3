//! Cutting the client's bytes into lines, of which none is held beyond a limit.
//! Knows nothing of JSON.

use std::io;

use tokio::io::{AsyncBufReadExt, AsyncRead, BufReader};

/// How much of each end of an overlong line is kept.
const KEPT: usize = 512;
/// A line buffer above this is given back after use.
const KEPT_CAPACITY: usize = 1 << 20;

/// One line without its end.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Line {
    /// All of it.
    Whole(Vec<u8>),
    /// Too long: its two ends.
    TooLong { start: Vec<u8>, end: Vec<u8> },
}

/// Reads lines of at most `limit` bytes.
pub(super) struct Lines<R> {
    source: BufReader<R>,
    limit: usize,
    line: Vec<u8>,
    /// The start of the line being skipped; `line` then holds its end.
    skipped: Option<Vec<u8>>,
}

impl<R: AsyncRead + Unpin> Lines<R> {
    pub(super) fn new(source: R, limit: usize) -> Self {
        let source = BufReader::with_capacity(64 << 10, source);
        Self {
            source,
            limit: limit.max(KEPT),
            line: Vec::new(),
            skipped: None,
        }
    }

    /// The next line; `None` at the end. A last line without its end is
    /// dropped: it may be cut off.
    ///
    /// # Cancel safety
    /// What was read of a line is kept for the next call.
    pub(super) async fn next(&mut self) -> io::Result<Option<Line>> {
        loop {
            let available = self.source.fill_buf().await?;
            if available.is_empty() {
                return Ok(None);
            }
            let end = available.iter().position(|&byte| byte == b'\n');
            let taken = &available[..end.unwrap_or(available.len())];
            self.line.extend_from_slice(taken);
            let consumed = end.map_or(taken.len(), |end| end + 1);
            self.source.consume(consumed);
            if self.line.len() > self.limit && self.skipped.is_none() {
                self.skipped = Some(self.line[..KEPT].to_vec());
            }
            if self.skipped.is_some() {
                self.line.drain(..self.line.len().saturating_sub(KEPT));
            }
            if end.is_some() {
                return Ok(Some(self.finished()));
            }
        }
    }

    fn finished(&mut self) -> Line {
        let mut line = if self.line.capacity() > KEPT_CAPACITY {
            std::mem::take(&mut self.line)
        } else {
            let line = self.line.clone();
            self.line.clear();
            line
        };
        if let Some(start) = self.skipped.take() {
            return Line::TooLong { start, end: line };
        }
        if line.last() == Some(&b'\r') {
            line.pop();
        }
        Line::Whole(line)
    }
}

#[cfg(test)]
mod tests {
    use super::{KEPT, Line, Lines};

    async fn lines(text: &[u8], limit: usize) -> Vec<Line> {
        let mut lines = Lines::new(text, limit);
        let mut read = Vec::new();
        while let Some(line) = lines.next().await.expect("bytes in memory") {
            read.push(line);
        }
        read
    }

    #[tokio::test]
    async fn lines_are_cut_and_an_unfinished_one_is_dropped() {
        let whole = |text: &str| Line::Whole(text.as_bytes().to_vec());
        assert_eq!(
            lines(b"one\r\n\ntwo\nthr", 1000).await,
            [whole("one"), whole(""), whole("two")]
        );
    }

    #[tokio::test]
    async fn overlong_line_leaves_its_ends() {
        let text = format!("a{}z\nnext\n", "x".repeat(200_000));
        let read = lines(text.as_bytes(), 1000).await;
        let [Line::TooLong { start, end }, Line::Whole(next)] = read.as_slice() else {
            panic!("{read:?}")
        };
        assert_eq!(
            (start.len(), end.len(), next.as_slice()),
            (KEPT, KEPT, b"next".as_slice())
        );
        assert!(start.starts_with(b"ax") && end.ends_with(b"xz"));
    }
}
