//! What an expression of the script stands for, as far as it concerns the API.

use crate::contract::{ApiTarget, Key};

/// Layers of a thing that are followed.
const MAX_LAYERS: usize = 6;
/// Steps into a result that are followed.
const MAX_PATH: usize = 12;

/// What is known of a value.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Thing {
    /// `globalThis`.
    Global,
    /// `tools`.
    Tools,
    /// The functions of a server, by the name the script uses.
    Namespace(String),
    /// The functions of a server that cannot be told.
    AnyNamespace,
    /// `callTool`.
    CallTool,
    /// A function that calls a tool.
    Function(ApiTarget),
    /// A part of the result of a call.
    Value { call: usize, path: Vec<Key> },
    /// A promise of it.
    Promise(Box<Self>),
    /// What `Promise.allSettled` makes of it.
    Settled(Box<Self>),
    /// A list of such.
    List(Box<Self>),
    /// A list with it at a place.
    At(usize, Box<Self>),
    /// An object with it under a name.
    Field(String, Box<Self>),
}

impl Thing {
    /// The call it comes from.
    pub(super) fn call(&self) -> Option<usize> {
        match self {
            Self::Value { call, .. } => Some(*call),
            _ => self.inner()?.call(),
        }
    }

    /// What is inside of one layer.
    pub(super) fn inner(&self) -> Option<&Self> {
        match self {
            Self::Promise(inner)
            | Self::Settled(inner)
            | Self::List(inner)
            | Self::At(_, inner)
            | Self::Field(_, inner) => Some(inner),
            _ => None,
        }
    }

    /// Whether it is a promise or holds one.
    pub(super) fn has_promise(&self) -> bool {
        matches!(self, Self::Promise(_)) || self.inner().is_some_and(Self::has_promise)
    }

    /// Whether it is no longer followed.
    pub(super) fn is_too_deep(&self) -> bool {
        let mut layers = 0;
        let mut thing = self;
        while let Some(inner) = thing.inner() {
            layers += 1;
            thing = inner;
        }
        layers > MAX_LAYERS || matches!(thing, Self::Value { path, .. } if path.len() > MAX_PATH)
    }

    /// A promise of it; of a promise, the promise.
    pub(super) fn promised(self) -> Self {
        match self {
            Self::Promise(_) => self,
            other => Self::Promise(Box::new(other)),
        }
    }

    /// What `await` makes of it.
    pub(super) fn awaited(self) -> Self {
        match self {
            Self::Promise(inner) => *inner,
            other => other,
        }
    }

    /// What `Promise.all` makes of it, with what each element becomes.
    pub(super) fn all(self, each: fn(Self) -> Self) -> Self {
        let list = match self {
            Self::List(inner) => Self::List(Box::new(each(*inner))),
            Self::At(place, inner) => Self::At(place, Box::new(each(*inner))),
            other => other,
        };
        list.promised()
    }

    /// Any element of it.
    pub(super) fn element(&self) -> Option<Self> {
        match self {
            Self::List(inner) => Some((**inner).clone()),
            Self::Value { .. } => self.step(Key::Element),
            _ => None,
        }
    }

    /// Any element of it, which may be another where it has one place only.
    pub(super) fn any_element(&self) -> Option<Self> {
        match self {
            Self::At(_, inner) => Some((**inner).clone()),
            other => other.element(),
        }
    }

    /// The element at a place.
    pub(super) fn element_at(&self, wanted: usize) -> Option<Self> {
        match self {
            Self::At(place, inner) => (*place == wanted).then(|| (**inner).clone()),
            other => other.element(),
        }
    }

    /// One step further into a result.
    pub(super) fn step(&self, key: Key) -> Option<Self> {
        let Self::Value { call, path } = self else {
            return None;
        };
        let mut path = path.clone();
        path.push(key);
        Some(Self::Value { call: *call, path })
    }

    pub(super) fn list(self) -> Self {
        Self::List(Box::new(self))
    }
}
