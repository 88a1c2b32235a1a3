//! Markdown fences around a script.

/// The script inside a source.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Fenced<'a> {
    /// Byte offset of `text` in the source.
    pub(super) start: usize,
    /// The script without its fence.
    pub(super) text: &'a str,
}

/// Takes the script out of its fence, where the source begins with one.
pub(super) fn strip(source: &str) -> Fenced<'_> {
    let indent = source.len() - source.trim_start().len();
    opened_at(source, indent).unwrap_or(Fenced {
        start: 0,
        text: source,
    })
}

/// Finds the first fenced block behind other text.
pub(super) fn find(source: &str) -> Option<Fenced<'_>> {
    let mut offset = 0;
    for line in source.split_inclusive('\n') {
        let indent = line.len() - line.trim_start().len();
        if let Some(fenced) = opened_at(source, offset + indent) {
            return Some(fenced);
        }
        offset += line.len();
    }
    None
}

/// The block whose fence is at `offset`.
fn opened_at(source: &str, offset: usize) -> Option<Fenced<'_>> {
    let opening = &source[offset..];
    let fence = ["```", "~~~"]
        .into_iter()
        .find(|fence| opening.starts_with(fence))?;
    let start = offset + opening.find('\n')? + 1;
    let body = &source[start..];
    let mut end = 0;
    for line in body.split_inclusive('\n') {
        if line.trim_start().starts_with(fence) {
            break;
        }
        end += line.len();
    }
    Some(Fenced {
        start,
        text: &body[..end],
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fence_is_stripped_whatever_its_info() {
        for (source, expected) in [
            (
                "a;",
                Fenced {
                    start: 0,
                    text: "a;",
                },
            ),
            (
                "```\na;\n```",
                Fenced {
                    start: 4,
                    text: "a;\n",
                },
            ),
            (
                "\n  ```typescript\na;\nb;\n  ```\nbye",
                Fenced {
                    start: 17,
                    text: "a;\nb;\n",
                },
            ),
            (
                "~~~js\na;",
                Fenced {
                    start: 6,
                    text: "a;",
                },
            ),
            (
                "```js a```",
                Fenced {
                    start: 0,
                    text: "```js a```",
                },
            ),
        ] {
            assert_eq!(strip(source), expected, "{source}");
        }
        assert_eq!(
            find("so:\n```\na;\n```"),
            Some(Fenced {
                start: 8,
                text: "a;\n"
            })
        );
        assert_eq!(find("a;"), None);
    }
}
