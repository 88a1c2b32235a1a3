//! Cuts a server's output into lines without ever holding more than the limit.
//!
//! Owns the buffer and the skipping of a line that is too long: its beginning and its end are kept,
//! so that the call it answers can be found. Must not know JSON. Start at [`LineReader::next`].

use std::io;

use tokio::io::{AsyncRead, AsyncReadExt};

/// How much of a skipped line is kept at each end.
pub(super) const KEPT_ENDS: usize = 4096;

/// How much is asked for at once.
const CHUNK: usize = 64 * 1024;

/// A buffer above this is given back once it is empty.
const KEPT_CAPACITY: usize = 1024 * 1024;

/// One line, without its end.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Line {
    Whole(Vec<u8>),
    /// Longer than the limit: its two ends, and its length in bytes.
    TooLong {
        start: Vec<u8>,
        end: Vec<u8>,
        length: u64,
    },
}

/// Reads lines of at most `limit` bytes.
pub(super) struct LineReader<R> {
    source: R,
    limit: usize,
    buffer: Vec<u8>,
    /// Where the next line begins in the buffer.
    start: usize,
    /// Up to where the buffer has been searched for a line end.
    searched: usize,
    skipping: Option<Skipping>,
    ended: bool,
}

/// A line past the limit, on the way to its end.
struct Skipping {
    start: Vec<u8>,
    end: Vec<u8>,
    length: u64,
}

impl Skipping {
    fn begin(bytes: &[u8]) -> Self {
        let mut skipping = Skipping {
            start: Vec::new(),
            end: Vec::new(),
            length: 0,
        };
        skipping.add(bytes);
        skipping
    }

    fn add(&mut self, bytes: &[u8]) {
        self.length += bytes.len() as u64;
        let missing = bytes.len().min(KEPT_ENDS - self.start.len());
        self.start.extend_from_slice(&bytes[..missing]);
        let tail = &bytes[bytes.len().saturating_sub(KEPT_ENDS)..];
        let surplus = (self.end.len() + tail.len()).saturating_sub(KEPT_ENDS);
        self.end.drain(..surplus);
        self.end.extend_from_slice(tail);
    }

    fn finish(self) -> Line {
        Line::TooLong {
            start: self.start,
            end: self.end,
            length: self.length,
        }
    }
}

impl<R: AsyncRead + Unpin> LineReader<R> {
    pub(super) fn new(source: R, limit: usize) -> Self {
        LineReader {
            source,
            limit,
            buffer: Vec::new(),
            start: 0,
            searched: 0,
            skipping: None,
            ended: false,
        }
    }

    /// The next line that is not empty; `None` at the end of the output.
    ///
    /// # Cancel safety
    /// What was read stays in the buffer when the future is dropped.
    pub(super) async fn next(&mut self) -> io::Result<Option<Line>> {
        loop {
            while let Some(line) = self.cut() {
                if !matches!(&line, Line::Whole(bytes) if bytes.is_empty()) {
                    return Ok(Some(line));
                }
            }
            if self.ended {
                return Ok(self.last());
            }
            self.make_room();
            if self.source.read_buf(&mut self.buffer).await? == 0 {
                self.ended = true;
            }
        }
    }

    /// Takes the next finished line out of the buffer.
    fn cut(&mut self) -> Option<Line> {
        let Some(offset) = memchr::memchr(b'\n', &self.buffer[self.searched..]) else {
            self.searched = self.buffer.len();
            self.skip_if_too_long();
            return None;
        };
        let end = self.searched + offset;
        let bytes = &self.buffer[self.start..end];
        let line = match self.skipping.take() {
            Some(mut skipping) => {
                skipping.add(bytes);
                skipping.finish()
            }
            None if bytes.len() > self.limit => Skipping::begin(bytes).finish(),
            None => Line::Whole(trimmed(bytes).to_vec()),
        };
        self.start = end + 1;
        self.searched = self.start;
        Some(line)
    }

    fn skip_if_too_long(&mut self) {
        let bytes = &self.buffer[self.start..];
        match &mut self.skipping {
            Some(skipping) => skipping.add(bytes),
            None if bytes.len() > self.limit => self.skipping = Some(Skipping::begin(bytes)),
            None => return,
        }
        self.buffer.clear();
        self.start = 0;
        self.searched = 0;
    }

    fn make_room(&mut self) {
        if self.start > 0 {
            self.buffer.drain(..self.start);
            self.searched -= self.start;
            self.start = 0;
        }
        if self.buffer.is_empty() && self.buffer.capacity() > KEPT_CAPACITY {
            self.buffer = Vec::new();
        }
        self.buffer.reserve(CHUNK);
    }

    /// What stands after the last line end.
    fn last(&mut self) -> Option<Line> {
        if let Some(skipping) = self.skipping.take() {
            return Some(skipping.finish());
        }
        let line = trimmed(&self.buffer[self.start..]).to_vec();
        self.buffer.clear();
        self.start = 0;
        self.searched = 0;
        (!line.is_empty()).then_some(Line::Whole(line))
    }
}

fn trimmed(bytes: &[u8]) -> &[u8] {
    let bytes = bytes.trim_ascii();
    bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn check(input: &[u8], limit: usize, expected: &[Line]) {
        check_reader(LineReader::new(input, limit), expected).await;
    }

    async fn check_reader<R: AsyncRead + Unpin>(mut reader: LineReader<R>, expected: &[Line]) {
        let mut lines = Vec::new();
        while let Some(line) = reader.next().await.unwrap() {
            lines.push(line);
        }
        assert_eq!(lines, expected);
    }

    proptest::proptest! {
        #[test]
        fn lines_do_not_depend_on_how_the_bytes_arrive(
            pieces in proptest::collection::vec("[a-z ]{0,12}|\\PC{0,9}|\n|\r\n", 0..40),
            limit in 1_usize..20,
            pipe in 1_usize..50,
        ) {
            let input = pieces.concat().into_bytes();
            let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
            runtime.block_on(async {
                let mut expected = Vec::new();
                let mut reader = LineReader::new(input.as_slice(), limit);
                while let Some(line) = reader.next().await.unwrap() {
                    expected.push(line);
                }
                let (ours, mut theirs) = tokio::io::duplex(pipe);
                let bytes = input.clone();
                tokio::spawn(async move {
                    tokio::io::AsyncWriteExt::write_all(&mut theirs, &bytes).await.unwrap();
                });
                check_reader(LineReader::new(ours, limit), &expected).await;
            });
        }
    }

    fn whole(text: &str) -> Line {
        Line::Whole(text.as_bytes().to_vec())
    }

    #[tokio::test]
    async fn lines_are_cut_and_empty_ones_skipped() {
        check(
            b"{}\r\n\n  \n\xef\xbb\xbf[1]\nlast",
            100,
            &[whole("{}"), whole("[1]"), whole("last")],
        )
        .await;
        check(b"", 100, &[]).await;
    }

    #[tokio::test]
    async fn a_long_line_is_skipped_and_the_next_one_read() {
        let mut input = b"start".to_vec();
        input.extend(std::iter::repeat_n(b'x', 300_000));
        input.extend(b"end\nnext\n");
        let mut reader = LineReader::new(input.as_slice(), 1000);
        let Some(Line::TooLong { start, end, length }) = reader.next().await.unwrap() else {
            panic!("the line is over the limit");
        };
        assert!(start.starts_with(b"start") && end.ends_with(b"end"));
        assert_eq!(
            (start.len(), end.len(), length),
            (KEPT_ENDS, KEPT_ENDS, 300_008)
        );
        assert_eq!(reader.next().await.unwrap(), Some(whole("next")));
        assert!(reader.buffer.capacity() < 4 * CHUNK);
    }

    #[tokio::test]
    async fn a_long_line_without_an_end_is_reported_at_the_end() {
        let input = vec![b'x'; 5000];
        let mut reader = LineReader::new(input.as_slice(), 1000);
        assert!(matches!(
            reader.next().await.unwrap(),
            Some(Line::TooLong { length: 5000, .. })
        ));
        assert_eq!(reader.next().await.unwrap(), None);
    }

    #[tokio::test]
    async fn a_line_of_exactly_the_limit_is_whole() {
        check(
            b"12345\n123456\n",
            5,
            &[
                whole("12345"),
                Line::TooLong {
                    start: b"123456".to_vec(),
                    end: b"123456".to_vec(),
                    length: 6,
                },
            ],
        )
        .await;
    }
}
