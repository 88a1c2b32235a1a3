//! What can be told of a script without running it.
//!
//! The guest finds it in the syntax tree, the host compares it with the
//! catalogue. It holds what the source says and no judgement: where something
//! cannot be told, it says so ([`Literal::Unknown`], [`Handling::Elsewhere`]).

use serde::{Deserialize, Serialize};

use super::Position;

/// What a script's source says about its use of the API.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Inspection {
    /// In the order of the source.
    pub uses: Vec<ApiUse>,
    /// Calls of `forEach` with an async function, which nothing awaits.
    pub async_for_each: Vec<Place>,
    /// Whether there is more than was written down, or code that inspection
    /// cannot see (`eval`, `new Function`).
    pub incomplete: bool,
}

/// A place in the source, with what a reader needs to find it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// Where.
    pub position: Position,
    /// The line there, cut to 200 characters.
    pub source_line: String,
}

/// One place that names the API.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ApiUse {
    /// Of the name.
    pub place: Place,
    /// The expression as written (`github.list_issues`), the last 100 characters.
    pub text: String,
    /// What is named.
    pub target: ApiTarget,
    /// Whether the script itself copes with its absence or failure (`?.`,
    /// `typeof`, `in`, a condition on it, `try`), or never gets there.
    pub guarded: bool,
    /// How it is called; `None` where it is only named.
    pub call: Option<CallUse>,
}

/// What a place names.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum ApiTarget {
    /// A tool: `server.tool`, `tools.server.tool`, `callTool("server", "tool")`,
    /// also through a constant or by destructuring. Names as written.
    Tool {
        /// A server's name or identifier.
        server: String,
        /// A tool's name or identifier.
        tool: String,
    },
    /// A namespace of which any tool may be meant: a computed name, or the
    /// namespace is passed on.
    AnyToolOf {
        /// A server's name or identifier.
        server: String,
    },
    /// Any tool of any server.
    AnyTool,
    /// A name that is neither declared, nor a global, nor a server.
    Undeclared {
        /// The name.
        name: String,
        /// The property read from it, if one is.
        member: Option<String>,
    },
}

/// A call of a tool.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CallUse {
    /// The arguments; `None` where there are none, unknown where there are
    /// several.
    pub arguments: Option<Literal>,
    /// What becomes of the promise.
    pub handling: Handling,
    /// What is read from the awaited result, as far as it can be followed. Each
    /// step of a path is a read of its own.
    pub reads: Vec<ResultRead>,
    /// Uses of the promise as if it were the result.
    pub promise_uses: Vec<PromiseUse>,
}

/// What becomes of a call's promise.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Handling {
    /// It is awaited, directly or through `then`, `Promise.all` and its kin.
    Awaited,
    /// Nothing has it.
    Dropped,
    /// It goes where inspection does not follow.
    Elsewhere,
}

/// A property read from a result.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ResultRead {
    /// Of the last property.
    pub place: Place,
    /// The expression as written (`issues.items`), the last 100 characters.
    pub text: String,
    /// From the result to the property; to an element, where the value is
    /// looped over or read by a number.
    pub path: Vec<Key>,
    /// Whether the script copes with its absence (`?.`, `??`, a condition, a default, `in`).
    pub guarded: bool,
    /// Whether the last property is called as a method.
    pub called: bool,
}

/// One step into a value.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Key {
    /// A property by name.
    Name(String),
    /// Any element of a list.
    Element,
}

/// A promise used as if it were the result.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PromiseUse {
    /// Of the use.
    pub place: Place,
    /// The expression as written, the last 100 characters.
    pub text: String,
    /// What is done.
    pub kind: PromiseUseKind,
    /// As in [`ResultRead`].
    pub guarded: bool,
}

/// What is done with a promise that was not awaited.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum PromiseUseKind {
    /// A property is read that promises do not have.
    Property(String),
    /// It is iterated or spread into a list.
    Iterated,
    /// It becomes text or a number (template, `+`, comparison).
    Converted,
}

/// As much of an argument as is written out.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Literal {
    /// It cannot be told.
    Unknown,
    /// `undefined`.
    Undefined,
    /// `null`.
    Null,
    /// `true` or `false`.
    Boolean(bool),
    /// A number.
    Number(f64),
    /// A string.
    String(String),
    /// A string, but not which: a template or a concatenation.
    AnyString,
    /// A list.
    Array {
        /// Its elements.
        items: Vec<Literal>,
        /// Whether there may be others (spread).
        open: bool,
    },
    /// An object.
    Object {
        /// Its properties; where one is written twice, the last.
        fields: Vec<Field>,
        /// Whether there may be others (spread, computed names).
        open: bool,
    },
    /// A promise of a call that was not awaited.
    Promise,
    /// A function.
    Function,
}

/// A property of an object literal.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Field {
    /// Its name.
    pub name: String,
    /// Where it is written.
    pub position: Position,
    /// Its value; [`Literal::Unknown`] also where something spread later may replace it.
    pub value: Literal,
}
