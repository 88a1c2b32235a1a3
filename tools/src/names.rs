//! How raw names become JavaScript identifiers.
//!
//! A script writes `server.tool(args)`, so both names have to be identifiers
//! that shadow nothing the script needs. The raw name stays usable by bracket,
//! which is why an identifier never equals another entry's raw name. Start at
//! [`assign`].

use std::collections::{HashMap, HashSet};

/// Words an identifier may not be: the language's, the sandbox's globals, and
/// `then`, which would make a namespace a promise.
const RESERVED: &[&str] = &[
    // Keywords and words reserved in strict code and modules.
    "arguments",
    "await",
    "break",
    "case",
    "catch",
    "class",
    "const",
    "continue",
    "debugger",
    "default",
    "delete",
    "do",
    "else",
    "enum",
    "eval",
    "export",
    "extends",
    "false",
    "finally",
    "for",
    "function",
    "if",
    "implements",
    "import",
    "in",
    "instanceof",
    "interface",
    "let",
    "new",
    "null",
    "package",
    "private",
    "protected",
    "public",
    "return",
    "static",
    "super",
    "switch",
    "this",
    "throw",
    "true",
    "try",
    "typeof",
    "undefined",
    "var",
    "void",
    "while",
    "with",
    "yield",
    // Properties with a meaning of their own.
    "__proto__",
    "constructor",
    "prototype",
    "then",
    // Globals of the language.
    "AggregateError",
    "Array",
    "ArrayBuffer",
    "AsyncIterator",
    "Atomics",
    "BigInt",
    "BigInt64Array",
    "BigUint64Array",
    "Boolean",
    "DataView",
    "Date",
    "Error",
    "EvalError",
    "FinalizationRegistry",
    "Float16Array",
    "Float32Array",
    "Float64Array",
    "Function",
    "Infinity",
    "Int16Array",
    "Int32Array",
    "Int8Array",
    "Intl",
    "Iterator",
    "JSON",
    "Map",
    "Math",
    "NaN",
    "Number",
    "Object",
    "Promise",
    "Proxy",
    "RangeError",
    "ReferenceError",
    "Reflect",
    "RegExp",
    "Set",
    "SharedArrayBuffer",
    "String",
    "Symbol",
    "SyntaxError",
    "Temporal",
    "TypeError",
    "URIError",
    "Uint16Array",
    "Uint32Array",
    "Uint8Array",
    "Uint8ClampedArray",
    "WeakMap",
    "WeakRef",
    "WeakSet",
    "decodeURI",
    "decodeURIComponent",
    "encodeURI",
    "encodeURIComponent",
    "escape",
    "globalThis",
    "isFinite",
    "isNaN",
    "parseFloat",
    "parseInt",
    "unescape",
    // Globals of the sandbox.
    "AbortController",
    "AbortSignal",
    "CustomEvent",
    "DOMException",
    "Event",
    "EventTarget",
    "TextDecoder",
    "TextEncoder",
    "ToolError",
    "URL",
    "URLSearchParams",
    "atob",
    "btoa",
    "callTool",
    "clearInterval",
    "clearTimeout",
    "console",
    "crypto",
    "describeTools",
    "emit",
    "performance",
    "queueMicrotask",
    "results",
    "searchTools",
    "setInterval",
    "setTimeout",
    "structuredClone",
    "tools",
];

/// Whether `name` means something to a script already.
pub fn is_reserved(name: &str) -> bool {
    RESERVED.contains(&name)
}

/// The identifier for one name, taken by itself: other characters than
/// `[A-Za-z0-9_$]` become `_`, a leading digit is preceded and a reserved word
/// followed by `_`.
pub fn identifier(raw: &str) -> String {
    let mut ident: String = raw
        .chars()
        .map(|c| if is_identifier_char(c) { c } else { '_' })
        .collect();
    if ident.is_empty() || ident.starts_with(|c: char| c.is_ascii_digit()) {
        ident.insert(0, '_');
    }
    if is_reserved(&ident) {
        ident.push('_');
    }
    ident
}

/// One identifier for each name, all different. A name that is an identifier
/// keeps it; among the others, in their order, a collision gets the first free
/// suffix from `_2`. None equals another entry's raw name.
pub fn assign<S: AsRef<str>>(raw: &[S]) -> Vec<String> {
    let mut taken: HashSet<String> = raw.iter().map(|name| name.as_ref().to_owned()).collect();
    let mut kept = HashSet::new();
    let mut next = HashMap::new();
    raw.iter()
        .map(|name| {
            let name = name.as_ref();
            let ident = identifier(name);
            if ident == name && kept.insert(name) {
                return ident;
            }
            suffixed(ident, &mut taken, &mut next)
        })
        .collect()
}

/// The names with every repetition suffixed, so that each is said once: what a
/// server is known by when a configuration names two alike.
pub fn unique<S: AsRef<str>>(names: &[S]) -> Vec<String> {
    let mut taken: HashSet<String> = names.iter().map(|name| name.as_ref().to_owned()).collect();
    let mut seen = HashSet::new();
    let mut next = HashMap::new();
    names
        .iter()
        .map(|name| {
            let name = name.as_ref();
            if seen.insert(name) {
                name.to_owned()
            } else {
                suffixed(name.to_owned(), &mut taken, &mut next)
            }
        })
        .collect()
}

/// `next` remembers where counting stopped, so that a thousand names alike are
/// not a million attempts.
fn suffixed(
    base: String,
    taken: &mut HashSet<String>,
    next: &mut HashMap<String, usize>,
) -> String {
    if taken.insert(base.clone()) {
        return base;
    }
    let count = next.entry(base.clone()).or_insert(2);
    loop {
        let candidate = format!("{base}_{count}");
        *count += 1;
        if taken.insert(candidate.clone()) {
            return candidate;
        }
    }
}

fn is_identifier_char(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '_' || c == '$'
}

#[cfg(test)]
mod tests;
