//! From JSON Schema (drafts 4 to 2020-12, and what servers take for it) to
//! [`Shape`].
//!
//! It never fails: what TypeScript cannot express is `unknown` for that subtree
//! alone. Depth and number of schemas read are bounded; a `$ref` is read once.

mod alternatives;
mod array;
mod literal;
mod object;
mod reference;

use std::collections::{HashMap, HashSet};

use serde_json::{Map, Value};

use self::reference::address;
use super::coverage;
use super::references::References;
use super::shape::{Definition, Meeting, Shape, Type};

/// Deepest nesting read.
const DEPTH: usize = 96;
/// Most schemas read for one declaration.
const SCHEMAS: usize = 10_000;

/// Keywords that say something about the type. A schema without any of them only
/// constrains what is said elsewhere.
const TYPING: [&str; 17] = [
    "type",
    "$ref",
    "$dynamicRef",
    "$recursiveRef",
    "const",
    "enum",
    "properties",
    "patternProperties",
    "additionalProperties",
    "items",
    "prefixItems",
    "anyOf",
    "oneOf",
    "allOf",
    "nullable",
    "propertyNames",
    "required",
];

/// Keywords that only objects know.
const OF_OBJECTS: [&str; 4] = [
    "properties",
    "patternProperties",
    "propertyNames",
    "additionalProperties",
];

/// Reads `root`. Names of definitions are unique in it; `root_name` is what the
/// whole schema is called if it refers to itself.
pub(super) fn lower<'a>(root: &'a Value, root_name: &str) -> Shape<'a> {
    let mut lowering = Lowering {
        root,
        root_name,
        refs_stand_alone: refs_stand_alone(root),
        taken: HashSet::new(),
        definitions: Vec::new(),
        read_in: Vec::new(),
        by_target: HashMap::new(),
        targets: HashMap::new(),
        references: References::of(root),
        lost: HashSet::new(),
        schemas: 0,
        guards: 0,
    };
    lowering.find_targets();
    let ty = match root.as_object() {
        Some(map) if is_property_map(map) => lowering.property_map(map),
        // Through the definitions, so that `#` inside it finds a name.
        Some(_) => lowering.target(root, "#", 0),
        None => lowering.schema(root, None, 0),
    };
    let mut definitions: Vec<Definition<'a>> = lowering
        .definitions
        .into_iter()
        .map(|open| Definition {
            name: open.name,
            ty: open.ty.unwrap_or(Type::Unknown),
            schema: open.schema,
            compact: String::new(),
            whole: String::new(),
            names: Vec::new(),
            uses: open.uses,
            recursive: open.recursive,
            description: open.description,
        })
        .collect();
    // The root is printed in place unless it refers to itself.
    let ty = match ty {
        Type::Named(i) if !definitions[i].recursive => {
            std::mem::replace(&mut definitions[i].ty, Type::Unknown)
        }
        ty => ty,
    };
    Shape {
        ty,
        definitions,
        read_in: lowering.read_in,
        references: lowering.references,
        lost: lowering.lost,
    }
}

/// Whether an object is no schema but the map of properties that belongs into
/// one: `{"city": {"type": "string"}}`.
pub(crate) fn is_property_map(map: &Map<String, Value>) -> bool {
    let is_keyword = |(key, value): (&String, &Value)| match key.as_str() {
        "properties" => value
            .as_object()
            .is_some_and(|map| map.values().all(|v| v.is_object() || v.is_boolean())),
        "type" | "$ref" | "$schema" | "description" | "title" => !value.is_object(),
        "additionalProperties" | "patternProperties" | "propertyNames" | "$defs" => true,
        _ => false,
    };
    let looks_like_schema = |value: &Value| {
        value.as_object().is_some_and(|schema| {
            TYPING
                .iter()
                .chain(&["description", "default"])
                .any(|key| schema.contains_key(*key))
        })
    };
    !map.iter().any(is_keyword)
        && map.values().all(Value::is_object)
        && map.values().any(looks_like_schema)
}

/// Whether the schema is of a draft that ignores what stands beside a `$ref`.
fn refs_stand_alone(root: &Value) -> bool {
    let draft = root.get("$schema").and_then(Value::as_str).unwrap_or("");
    ["draft-03", "draft-04", "draft-06", "draft-07"]
        .iter()
        .any(|old| draft.contains(old))
}

struct Lowering<'a, 'n> {
    root: &'a Value,
    root_name: &'n str,
    refs_stand_alone: bool,
    taken: HashSet<String>,
    definitions: Vec<OpenDefinition<'a>>,
    read_in: Vec<usize>,
    /// By the address of the schema referred to, so that two ways of pointing
    /// to it are one definition.
    by_target: HashMap<usize, usize>,
    /// What references point to, by address, with the reference.
    targets: HashMap<usize, &'a str>,
    references: References<'a>,
    /// Places of schemas that came out as `unknown`.
    lost: HashSet<usize>,
    schemas: usize,
    /// How many properties and items lie around the current schema.
    guards: usize,
}

struct OpenDefinition<'a> {
    name: String,
    /// `None` while it is being read.
    ty: Option<Type<'a>>,
    schema: &'a Value,
    uses: usize,
    recursive: bool,
    guards: usize,
    description: Option<&'a str>,
}

impl<'a> Lowering<'a, '_> {
    /// `inherited` is the `type` of the schema around a branch.
    fn schema(
        &mut self,
        schema: &'a Value,
        inherited: Option<&'a Value>,
        depth: usize,
    ) -> Type<'a> {
        match self.targets.get(&address(schema)).copied() {
            Some(reference) => self.target(schema, reference, depth),
            None => self.read(schema, inherited, depth),
        }
    }

    fn read(&mut self, schema: &'a Value, inherited: Option<&'a Value>, depth: usize) -> Type<'a> {
        self.schemas += 1;
        let ty = match schema {
            _ if self.schemas > SCHEMAS || depth > DEPTH => Type::Unknown,
            Value::Bool(false) => Type::Never,
            Value::Object(map) => self.object_schema(map, inherited, depth),
            // `"string"` where a schema belongs.
            Value::String(name) => named_type(name).map_or(Type::Unknown, |ty| match ty {
                "object" => Type::record(),
                "array" => Type::Array(Box::new(Type::Unknown)),
                word => Type::Word(word),
            }),
            _ => Type::Unknown,
        };
        if ty == Type::Unknown
            && let Value::Object(map) = schema
        {
            self.lost.insert(coverage::place(map));
        }
        ty
    }

    fn object_schema(
        &mut self,
        map: &'a Map<String, Value>,
        inherited: Option<&'a Value>,
        depth: usize,
    ) -> Type<'a> {
        let mut ty = Type::Unknown;
        let mut alone = false;
        for keyword in ["$ref", "$dynamicRef", "$recursiveRef"] {
            if let Some(reference) = map.get(keyword).and_then(Value::as_str) {
                ty = self.reference(reference, depth).intersect(ty);
                alone |= keyword == "$ref" && self.refs_stand_alone;
            }
        }
        if !alone {
            let own = self.own(map, inherited, depth);
            ty = match ty {
                Type::Unknown => own,
                reference => reference.intersect(own),
            };
            if let Some(Value::Array(parts)) = map.get("allOf") {
                for part in parts {
                    ty = ty.intersect(self.schema(part, None, depth + 1));
                }
            }
        }
        if map.get("nullable") == Some(&Value::Bool(true)) && ty != Type::Unknown {
            ty = Type::union(vec![ty, Type::Word("null")]);
        }
        ty
    }

    /// What is said without references and `allOf`.
    fn own(
        &mut self,
        map: &'a Map<String, Value>,
        inherited: Option<&'a Value>,
        depth: usize,
    ) -> Type<'a> {
        let base = self.base(map, inherited, depth);
        let own_type = map.get("type").or(inherited);
        match (base, self.alternatives(map, own_type, depth)) {
            (Some(base), Some(alternatives)) => match base.meet(alternatives) {
                // Of two that exclude each other the branches say more.
                Meeting::Of(ty) | Meeting::Apart(_, ty) => ty,
            },
            (Some(ty), None) | (None, Some(ty)) => ty,
            (None, None) => Type::Unknown,
        }
    }

    /// What the schema says by itself, without references and combinations.
    fn base(
        &mut self,
        map: &'a Map<String, Value>,
        inherited: Option<&'a Value>,
        depth: usize,
    ) -> Option<Type<'a>> {
        if let Some(literals) = literal::of(map, depth) {
            let words = map.get("type").and_then(plain_types);
            return Some(match words {
                Some(words) => literals.intersect(words),
                None => literals,
            });
        }
        match map.get("type").or(inherited) {
            Some(Value::String(name)) => self.typed(map, name, depth),
            Some(Value::Array(names)) => {
                let members: Option<Vec<Type<'a>>> = names
                    .iter()
                    .take(16)
                    .map(|name| match name {
                        Value::String(name) => self.typed(map, name, depth),
                        // Draft 3 allowed schemas here.
                        other => Some(self.schema(other, None, depth + 1)),
                    })
                    .collect();
                members.map(Type::union)
            }
            _ if OF_OBJECTS
                .iter()
                .any(|key| map.get(*key).is_some_and(Value::is_object))
                || map.get("required").is_some_and(has_names) =>
            {
                self.typed(map, "object", depth)
            }
            _ if ["items", "prefixItems"]
                .iter()
                .any(|key| map.contains_key(*key)) =>
            {
                self.typed(map, "array", depth)
            }
            _ => None,
        }
    }

    /// `None` where `name` is no type at all.
    fn typed(&mut self, map: &'a Map<String, Value>, name: &str, depth: usize) -> Option<Type<'a>> {
        Some(match named_type(name)? {
            "object" => self.object(map, depth),
            "array" => self.array(map, depth),
            word => Type::Word(word),
        })
    }
}

/// The TypeScript word for a type's name, also for names that are none.
fn named_type(name: &str) -> Option<&'static str> {
    Some(match name.to_ascii_lowercase().as_str() {
        "string" | "str" | "text" | "date" | "datetime" | "uuid" | "uri" | "url" => "string",
        "number" | "integer" | "int" | "float" | "double" | "long" => "number",
        "boolean" | "bool" => "boolean",
        "null" | "none" => "null",
        "object" | "dict" | "map" => "object",
        "array" | "list" => "array",
        _ => return None,
    })
}

/// The types that `type` names, where all of them are without parts.
fn plain_types(names: &Value) -> Option<Type<'static>> {
    let word = |name: &Value| match named_type(name.as_str()?)? {
        "object" | "array" => None,
        word => Some(Type::Word(word)),
    };
    match names {
        Value::Array(names) => {
            let words: Option<Vec<Type<'static>>> = names.iter().take(16).map(word).collect();
            words.map(Type::union)
        }
        name => word(name),
    }
}

fn has_names(required: &Value) -> bool {
    required
        .as_array()
        .is_some_and(|names| names.iter().any(Value::is_string))
}
