//! How much is printed, from what is wanted down to what always fits.

use super::super::Detail;

/// What is said about each property.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in super::super) enum Notes {
    None,
    First,
    All,
}

/// How much is printed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in super::super) struct Style {
    pub(in super::super) notes: Notes,
    /// Members of a union of literals.
    pub(in super::super) members: usize,
    /// Properties of one object.
    pub(in super::super) properties: usize,
    /// Objects within objects.
    pub(in super::super) depth: usize,
    /// Types with names of their own.
    pub(in super::super) aliases: usize,
    /// Longest of what is said about a property, in characters.
    pub(in super::super) note_chars: usize,
    /// Longest of what is said about the tool, in characters.
    pub(in super::super) description_chars: usize,
    /// What a whole declaration may take.
    pub(in super::super) max_bytes: usize,
}

impl Style {
    /// Styles to try, from the one wanted to the smallest.
    pub(in super::super) fn for_detail(detail: Detail) -> Vec<Self> {
        let wanted = Self::wanted(detail);
        let smaller = |depth, note_chars, description_chars| Self {
            depth,
            members: wanted.members.min(10),
            note_chars: wanted.note_chars.min(note_chars),
            description_chars: wanted.description_chars.min(description_chars),
            ..wanted.clone()
        };
        let first = if wanted.notes == Notes::None {
            Notes::None
        } else {
            Notes::First
        };
        // Words go before types: a type that is missing cannot be guessed.
        let mut styles = vec![
            wanted.clone(),
            smaller(wanted.depth, 300, 3_000),
            smaller(wanted.depth, 120, 1_500),
            Self {
                notes: first,
                ..smaller(wanted.depth, 60, 1_000)
            },
        ];
        for depth in [wanted.depth, 4, 3, 2, 1] {
            styles.push(Self {
                notes: Notes::None,
                ..smaller(depth, 0, 600)
            });
        }
        styles.push(Self {
            notes: Notes::None,
            properties: 24,
            members: 4,
            ..smaller(1, 0, 400)
        });
        styles.dedup();
        styles
    }

    pub(in super::super) fn wanted(detail: Detail) -> Self {
        match detail {
            Detail::Signature => Self {
                notes: Notes::None,
                members: 12,
                properties: 60,
                depth: 5,
                aliases: 40,
                note_chars: 0,
                description_chars: 0,
                max_bytes: 1_600,
            },
            Detail::Brief => Self {
                notes: Notes::First,
                members: 20,
                properties: 80,
                depth: 6,
                aliases: 40,
                note_chars: 100,
                description_chars: 140,
                max_bytes: 4_000,
            },
            Detail::Full => Self {
                notes: Notes::All,
                members: 60,
                properties: 200,
                depth: 16,
                aliases: 80,
                note_chars: 2_000,
                description_chars: 6_000,
                max_bytes: 9_000,
            },
        }
    }

    /// Everything but words.
    pub(in super::super) fn unlimited() -> Self {
        Self {
            notes: Notes::None,
            members: usize::MAX - 1,
            properties: usize::MAX,
            depth: usize::MAX,
            aliases: usize::MAX,
            note_chars: 0,
            description_chars: 0,
            max_bytes: usize::MAX,
        }
    }

    /// For what is returned: its fields are described in full only.
    pub(in super::super) fn without_notes_unless_full(&self) -> Self {
        let notes = if self.notes == Notes::All {
            Notes::All
        } else {
            Notes::None
        };
        Self {
            notes,
            ..self.clone()
        }
    }
}
