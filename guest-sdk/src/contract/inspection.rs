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
    /// Promises used as if they were results, in the order of the source.
    pub promise_uses: Vec<PromiseUse>,
    /// Calls of the script's own async functions, which call tools, that nothing
    /// awaits.
    pub dropped: Vec<DroppedCall>,
    /// Async functions given to methods that do not wait.
    pub async_callbacks: Vec<AsyncCallback>,
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

/// What comes of it if something fails at a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Exposure {
    /// Nothing: the script itself copes with it (`?.`, `typeof`, `in`, a condition on
    /// it, `try`), or never gets there.
    Guarded,
    /// The script fails if it gets there, which is up to what is not followed: a
    /// function is handed on that may be called or not.
    Likely,
    /// The script fails.
    Sure,
}

/// One place that names the API.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ApiUse {
    /// Of the name, which may be far from its call: `const list = github.list_issues`.
    pub place: Place,
    /// The expression as written (`github.list_issues`), the last 100 characters.
    pub text: String,
    /// What is named.
    pub target: ApiTarget,
    /// What comes of its absence.
    pub exposure: Exposure,
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
        /// The likest of the script's own names that are in scope there.
        near: Option<String>,
        /// What there is instead.
        hint: String,
    },
    /// A variable of the script that is read before it is declared.
    TooEarly {
        /// Its name.
        name: String,
    },
}

/// A call of a tool.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CallUse {
    /// Of the name that is called.
    pub place: Place,
    /// What is called as written (`list`), the last 100 characters.
    pub text: String,
    /// What comes of its failure. A name that does not exist fails before there is a
    /// promise to cope with.
    pub exposure: Exposure,
    /// The arguments; `None` where there are none.
    pub arguments: Option<Literal>,
    /// How many there are, where a tool takes one at most.
    pub count: usize,
    /// What becomes of the promise.
    pub handling: Handling,
    /// What is read from the awaited result, as far as it can be followed. Each
    /// step of a path is a read of its own. Where one place may read the results
    /// of several calls, each has it.
    pub reads: Vec<ResultRead>,
}

/// What becomes of a call's promise.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Handling {
    /// It is awaited, directly or through `then`, `Promise.all` and its kin.
    Awaited,
    /// Nothing has it.
    Dropped(WaitFor),
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
    /// The value of a property, or an element, whose name cannot be told.
    Value,
}

/// The promise of a tool, or of an async function of the script, used as if it
/// were the result.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PromiseUse {
    /// Of the use.
    pub place: Place,
    /// The expression as written, the last 100 characters.
    pub text: String,
    /// What was called, as written; empty for a function that is called in place.
    pub called: String,
    /// Where that was.
    pub called_at: Position,
    /// Where `await` belongs.
    pub wait_for: WaitFor,
    /// What is done.
    pub kind: PromiseUseKind,
    /// What comes of its failure.
    pub exposure: Exposure,
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
    /// It decides what is done, and is always true.
    Tested,
}

/// Where `await` belongs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WaitFor {
    /// What has the promise, with `…` in the place of arguments: `load(…)`,
    /// `ids.map(…)`, `jobs`; `(…)()` for a function that is called in place.
    pub text: String,
    /// What is read from it right there (`.title`), which binds closer than `await`.
    pub read: String,
    /// What it has.
    pub kind: WaitKind,
    /// Whether it stands in a function that is not async.
    pub in_plain_function: bool,
}

/// What there is to wait for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum WaitKind {
    /// A promise.
    Promise,
    /// A list of promises.
    List,
    /// A promise in each call that `forEach` makes, and does not wait for.
    ForEach,
}

/// An async function given to a method of lists that does not wait for it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AsyncCallback {
    /// Of the method's name.
    pub place: Place,
    /// The method: `forEach`, `filter`.
    pub method: String,
}

/// A call of an async function that nothing awaits.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DroppedCall {
    /// Of the name that is called.
    pub place: Place,
    /// What is called as written; empty for a function that is called in place.
    pub text: String,
    /// Where `await` belongs.
    pub wait_for: WaitFor,
    /// Whether the script never gets there.
    pub guarded: bool,
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
    /// A number, but not which.
    AnyNumber,
    /// `true` or `false`, but not which.
    AnyBoolean,
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
