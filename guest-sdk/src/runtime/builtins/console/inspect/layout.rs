//! Where the lines of an object's text break.

/// Columns that a line should not exceed.
const LINE: usize = 80;
/// An object with this many levels below it gets a line for each property.
const COMPACT_LEVELS: usize = 3;
/// Arrays with more elements than this are filled line by line.
const FILL_FROM: usize = 7;

/// What an object's text is put together from.
pub(super) struct Parts {
    /// Before the brace: `Foo`, `Map(2)`, an error's message.
    pub(super) prefix: String,
    pub(super) braces: [&'static str; 2],
    pub(super) entries: Vec<String>,
    /// Elements, of which several may share a line.
    pub(super) is_list: bool,
    /// Levels of objects below this one.
    pub(super) levels: usize,
    pub(super) indent: usize,
}

impl Parts {
    /// The whole text; the first line is not indented.
    pub(super) fn join(self) -> String {
        let [open, close] = self.braces;
        let gap = if self.prefix.is_empty() { "" } else { " " };
        let head = format!("{}{gap}{open}", self.prefix);
        if self.entries.is_empty() {
            return format!("{head}{close}");
        }
        let fill = self.is_list && self.entries.len() >= FILL_FROM;
        if !fill && self.levels < COMPACT_LEVELS && self.fits_one_line() {
            return format!("{head} {} {close}", self.entries.join(", "));
        }
        let indent = " ".repeat(self.indent);
        let lines = if fill {
            filled(&self.entries, LINE.saturating_sub(self.indent + 4))
        } else {
            self.entries
        };
        let body = lines.join(&format!(",\n{indent}  "));
        format!("{head}\n{indent}  {body}\n{indent}{close}")
    }

    fn fits_one_line(&self) -> bool {
        let length: usize = self.entries.iter().map(|entry| entry.chars().count()).sum();
        let around = self.entries.len() * 2
            + self.indent
            + self.braces[0].len()
            + self.prefix.chars().count()
            + 10;
        length + around <= LINE
            && !self.prefix.contains('\n')
            && !self.entries.iter().any(|entry| entry.contains('\n'))
    }
}

/// Packs short entries into lines of `width`; one with several lines stays alone.
fn filled(entries: &[String], width: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut room = 0;
    for entry in entries {
        let length = entry.chars().count() + 2;
        let alone = entry.contains('\n');
        match lines.last_mut() {
            Some(line) if length <= room && !alone => {
                line.push_str(", ");
                line.push_str(entry);
                room -= length;
            }
            _ => {
                lines.push(entry.clone());
                room = if alone {
                    0
                } else {
                    width.saturating_sub(length)
                };
            }
        }
    }
    lines
}
