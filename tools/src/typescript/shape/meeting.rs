//! What two types allow together.

use super::{Object, Type};

/// Most pairs of members compared where two unions meet.
const MEETINGS: usize = 100_000;

/// Two types, met.
#[derive(Debug)]
pub(in super::super) enum Meeting<'a> {
    /// What both allow.
    Of(Type<'a>),
    /// They exclude each other.
    Apart(Type<'a>, Type<'a>),
}

impl<'a> Type<'a> {
    /// What both allow, as far as it can be said: objects are merged, names kept
    /// side by side, and of two types that exclude each other the first stands,
    /// since such a schema means something else than nothing.
    pub(in super::super) fn intersect(self, other: Self) -> Self {
        match self.meet(other) {
            Meeting::Of(ty) | Meeting::Apart(ty, _) => ty,
        }
    }

    /// What both allow. No part is repeated, so that what comes out is no larger than
    /// what went in.
    pub(in super::super) fn meet(self, other: Self) -> Meeting<'a> {
        Meeting::Of(match (self, other) {
            (Self::Unknown, other) | (other, Self::Unknown) => other,
            (a, b) if a == b => a,
            (a, b) if a.is_bare_record() && b.is_objectlike() => b,
            (a, b) if b.is_bare_record() && a.is_objectlike() => a,
            (Self::Object(a), Self::Object(b)) => Self::Object(a.merge(b)),
            (Self::Intersection(mut parts), other) if other.is_objectlike() => {
                match (parts.last_mut(), other) {
                    (Some(Self::Object(last)), Self::Object(more)) => {
                        *last = std::mem::take(last).merge(more);
                    }
                    (_, Self::Intersection(more)) => parts.extend(more),
                    (_, other) => parts.push(other),
                }
                Self::Intersection(parts)
            }
            (a, b) if a.is_objectlike() && b.is_objectlike() => Self::Intersection(vec![a, b]),
            (a @ Self::Union(_), b) | (a, b @ Self::Union(_)) => return meet_members(a, b),
            (Self::Array(a), Self::Array(b)) => Self::Array(Box::new(a.intersect(*b))),
            (Self::Array(_), tuple @ Self::Tuple(_)) => tuple,
            (named @ Self::Named(_), _) | (_, named @ Self::Named(_)) => named,
            (a, b) => match a.narrower(&b) {
                Some(true) => a,
                Some(false) => b,
                None => return Meeting::Apart(a, b),
            },
        })
    }

    /// Of two types without parts: whether the first or the second is what both
    /// allow, `None` if they exclude each other.
    fn narrower(&self, other: &Self) -> Option<bool> {
        match (self, other) {
            (a, b) if a == b => Some(true),
            (Self::Literal(_), Self::Word(word)) => (self.word() == Some(word)).then_some(true),
            (Self::Word(word), Self::Literal(_)) => (other.word() == Some(word)).then_some(false),
            (Self::Array(_) | Self::Tuple(_), Self::Array(_) | Self::Tuple(_)) => Some(true),
            _ => None,
        }
    }

    /// Its members, objects apart.
    fn parts(self) -> (Vec<Self>, Vec<Self>) {
        let members = match self {
            Self::Union(members) => members,
            one => vec![one],
        };
        members.into_iter().partition(Self::is_objectlike)
    }

    fn is_word(&self) -> bool {
        matches!(self, Self::Word(_))
    }
}

/// What unions have in common: their objects together, the other members one by one.
fn meet_members<'a>(a: Type<'a>, b: Type<'a>) -> Meeting<'a> {
    let ((objects, plain), (other_objects, other_plain)) = (a.parts(), b.parts());
    let mut met = Vec::new();
    let in_both = plain.len().saturating_mul(other_plain.len()) <= MEETINGS;
    for member in plain.iter().filter(|_| in_both) {
        let narrowed = other_plain.iter().filter_map(|other| {
            let own = member.narrower(other)?;
            Some(if own { member } else { other }.clone())
        });
        // A word may leave several literals; of equal members one is enough.
        met.extend(narrowed.take(if member.is_word() { MEETINGS } else { 1 }));
    }
    let has_objects = !objects.is_empty() && !other_objects.is_empty();
    if met.is_empty() && !has_objects {
        let whole =
            |objects: Vec<_>, plain| Type::union(objects.into_iter().chain(plain).collect());
        return Meeting::Apart(whole(objects, plain), whole(other_objects, other_plain));
    }
    if has_objects {
        let objects = Type::union(objects).intersect(Type::union(other_objects));
        met.insert(0, objects);
    }
    Meeting::Of(Type::union(met))
}

impl Object<'_> {
    fn merge(mut self, other: Self) -> Self {
        self.sources.0.extend(other.sources.0);
        for property in other.properties {
            match self.properties.iter_mut().find(|p| p.key == property.key) {
                None => self.properties.push(property),
                Some(known) => {
                    known.ty =
                        std::mem::replace(&mut known.ty, Type::Unknown).intersect(property.ty);
                    known.note.description = known.note.description.or(property.note.description);
                }
            }
        }
        self.required.extend(other.required);
        self.rest = match (self.rest, other.rest) {
            (Some(a), Some(b)) => Some(Box::new(a.intersect(*b))),
            (a, b) => a.or(b),
        };
        self.closed |= other.closed;
        self
    }
}
