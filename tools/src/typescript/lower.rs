//! From JSON Schema (drafts 4 to 2020-12, and what servers take for it) to
//! [`Shape`].
//!
//! It never fails: what TypeScript cannot express is `unknown` for that subtree
//! alone. Depth and number of schemas read are bounded; a `$ref` is read once.

mod reference;

use std::collections::{HashMap, HashSet};

use serde_json::{Map, Value};

use self::reference::address;
use super::shape::{Definition, Note, Object, Property, Shape, Type};

/// Deepest nesting read.
const DEPTH: usize = 96;
/// Most schemas read for one declaration.
const SCHEMAS: usize = 10_000;
/// Most members of an `enum` read.
const MEMBERS: usize = 10_000;

/// Keywords that say something about the type. A schema without any of them only
/// constrains what is said elsewhere.
const TYPING: [&str; 16] = [
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
];

/// Reads `root`. Names of definitions are made unique against `taken` and added
/// to it; `root_name` is what the whole schema is called if it refers to itself.
pub(super) fn lower<'a>(
    root: &'a Value,
    root_name: &str,
    taken: &mut HashSet<String>,
) -> Shape<'a> {
    let mut lowering = Lowering {
        root,
        root_name,
        taken,
        definitions: Vec::new(),
        by_target: HashMap::new(),
        targets: HashMap::new(),
        resolved: HashMap::new(),
        anchors: 0,
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
    Shape { ty, definitions }
}

/// Whether an object is no schema but the map of properties that belongs into
/// one: `{"city": {"type": "string"}}`.
pub(crate) fn is_property_map(map: &Map<String, Value>) -> bool {
    let is_keyword = |(key, value): (&String, &Value)| match key.as_str() {
        "properties" => value
            .as_object()
            .is_some_and(|map| map.values().all(|v| v.is_object() || v.is_boolean())),
        "type" | "$ref" | "$schema" | "description" | "title" => !value.is_object(),
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

struct Lowering<'a, 'n> {
    root: &'a Value,
    root_name: &'n str,
    taken: &'n mut HashSet<String>,
    definitions: Vec<OpenDefinition<'a>>,
    /// By the address of the schema referred to, so that two ways of pointing
    /// to it are one definition.
    by_target: HashMap<usize, usize>,
    /// What references point to, by address, with the reference.
    targets: HashMap<usize, &'a str>,
    resolved: HashMap<&'a str, Option<&'a Value>>,
    anchors: usize,
    schemas: usize,
    /// How many properties and items lie around the current schema.
    guards: usize,
}

struct OpenDefinition<'a> {
    name: String,
    /// `None` while it is being read.
    ty: Option<Type<'a>>,
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
        if self.schemas > SCHEMAS || depth > DEPTH {
            return Type::Unknown;
        }
        match schema {
            Value::Bool(false) => Type::Never,
            Value::Object(map) => self.object_schema(map, inherited, depth),
            // `"string"` where a schema belongs.
            Value::String(name) => named_type(name).map_or(Type::Unknown, |ty| match ty {
                "object" => Type::record(),
                "array" => Type::Array(Box::new(Type::Unknown)),
                word => Type::Word(word),
            }),
            _ => Type::Unknown,
        }
    }

    fn object_schema(
        &mut self,
        map: &'a Map<String, Value>,
        inherited: Option<&'a Value>,
        depth: usize,
    ) -> Type<'a> {
        let base = self.base(map, inherited, depth);
        let own_type = map.get("type").or(inherited);
        let mut ty = match (base, self.alternatives(map, own_type, depth)) {
            (Some(base), Some(alternatives)) => match &base {
                Type::Object(object) if !object.is_bare() => base.intersect(alternatives),
                _ => alternatives,
            },
            (Some(ty), None) | (None, Some(ty)) => ty,
            (None, None) => Type::Unknown,
        };
        for reference in ["$ref", "$dynamicRef", "$recursiveRef"] {
            if let Some(reference) = map.get(reference).and_then(Value::as_str) {
                ty = self.reference(reference, depth).intersect(ty);
            }
        }
        if let Some(Value::Array(parts)) = map.get("allOf") {
            for part in parts {
                ty = ty.intersect(self.schema(part, None, depth + 1));
            }
        }
        if map.get("nullable") == Some(&Value::Bool(true)) && ty != Type::Unknown {
            ty = Type::union(vec![ty, Type::Word("null")]);
        }
        ty
    }

    /// What the schema says by itself, without references and combinations.
    fn base(
        &mut self,
        map: &'a Map<String, Value>,
        inherited: Option<&'a Value>,
        depth: usize,
    ) -> Option<Type<'a>> {
        if let Some(value) = map.get("const") {
            return Some(literal(value, depth));
        }
        if let Some(Value::Array(members)) = map.get("enum") {
            return Some(Type::union(
                members
                    .iter()
                    .take(MEMBERS)
                    .map(|m| literal(m, depth))
                    .collect(),
            ));
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
            _ if [
                "properties",
                "patternProperties",
                "propertyNames",
                "additionalProperties",
            ]
            .iter()
            .any(|key| map.get(*key).is_some_and(Value::is_object)) =>
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

    fn object(&mut self, map: &'a Map<String, Value>, depth: usize) -> Type<'a> {
        let mut object = Object::default();
        if let Some(Value::Array(required)) = map.get("required") {
            object
                .required
                .extend(required.iter().take(SCHEMAS).filter_map(Value::as_str));
        }
        if let Some(Value::Object(properties)) = map.get("properties") {
            self.properties(properties, &mut object, depth);
        }
        self.guards += 1;
        match map.get("additionalProperties") {
            Some(Value::Bool(false)) => object.closed = true,
            Some(Value::Bool(true)) => object.rest = Some(Box::new(Type::Unknown)),
            Some(rest @ Value::Object(_)) => {
                object.rest = Some(Box::new(self.schema(rest, None, depth + 1)));
            }
            _ => {}
        }
        if let Some(Value::Object(patterns)) = map.get("patternProperties") {
            let types = patterns
                .values()
                .map(|schema| self.schema(schema, None, depth + 1))
                .collect();
            let rest = match object.rest.take() {
                None => Type::union(types),
                Some(rest) => Type::union(vec![*rest, Type::union(types)]),
            };
            object.rest = Some(Box::new(rest));
        }
        self.guards -= 1;
        Type::Object(object)
    }

    fn properties(
        &mut self,
        properties: &'a Map<String, Value>,
        object: &mut Object<'a>,
        depth: usize,
    ) {
        self.guards += 1;
        for (key, schema) in properties.iter().take(SCHEMAS) {
            let map = schema.as_object();
            // Draft 3, and what people remember of it.
            if map.is_some_and(|map| map.get("required") == Some(&Value::Bool(true))) {
                object.required.insert(key);
            }
            let described = map.and_then(|map| map.get("description")?.as_str());
            object.properties.push(Property {
                key,
                ty: self.schema(schema, None, depth + 1),
                note: Note {
                    description: described.or_else(|| self.described_elsewhere(map?)),
                    schema: map,
                },
            });
        }
        self.guards -= 1;
    }

    /// The description of what a property refers to, or of its one real branch.
    fn described_elsewhere(&mut self, map: &'a Map<String, Value>) -> Option<&'a str> {
        let mut next = map;
        for _ in 0..4 {
            next = match (next.get("$ref"), next.get("allOf").or(next.get("anyOf"))) {
                (Some(Value::String(reference)), _) => self.resolve(reference)?.as_object()?,
                (_, Some(Value::Array(branches))) => {
                    let mut real = branches
                        .iter()
                        .filter_map(Value::as_object)
                        .filter(|branch| branch.get("type").is_none_or(|ty| ty != "null"));
                    match (real.next(), real.next()) {
                        (Some(only), None) => only,
                        _ => return None,
                    }
                }
                _ => return None,
            };
            if let Some(description) = next.get("description").and_then(Value::as_str) {
                return Some(description);
            }
        }
        None
    }

    fn property_map(&mut self, map: &'a Map<String, Value>) -> Type<'a> {
        let mut object = Object::default();
        self.properties(map, &mut object, 0);
        // Nothing says what may be left out, except a default or an explicit word.
        let says = map
            .values()
            .any(|schema| schema.get("required").is_some_and(Value::is_boolean));
        if !says {
            let needed = map.iter().filter(|(_, schema)| {
                schema.get("default").is_none()
                    && schema.get("optional") != Some(&Value::Bool(true))
            });
            object.required.extend(needed.map(|(key, _)| key.as_str()));
        }
        Type::Object(object)
    }

    fn array(&mut self, map: &'a Map<String, Value>, depth: usize) -> Type<'a> {
        self.guards += 1;
        let (fixed, rest) = match (map.get("prefixItems"), map.get("items")) {
            (Some(Value::Array(fixed)), rest) => (Some(fixed), rest),
            (_, Some(Value::Array(fixed))) => (Some(fixed), map.get("additionalItems")),
            (_, rest) => (None, rest),
        };
        let rest = rest.map(|schema| self.schema(schema, None, depth + 1));
        let ty = match fixed {
            Some(fixed) if !fixed.is_empty() => {
                let fixed = fixed
                    .iter()
                    .map(|schema| self.schema(schema, None, depth + 1))
                    .collect();
                let rest = rest.filter(|rest| !matches!(rest, Type::Never | Type::Unknown));
                Type::Tuple(fixed, rest.map(Box::new))
            }
            _ => Type::Array(Box::new(rest.unwrap_or(Type::Unknown))),
        };
        self.guards -= 1;
        ty
    }

    /// `anyOf` and `oneOf`; `None` where a branch only constrains, so that all
    /// of what is said around it stays possible.
    fn alternatives(
        &mut self,
        map: &'a Map<String, Value>,
        own_type: Option<&'a Value>,
        depth: usize,
    ) -> Option<Type<'a>> {
        let mut all = None;
        for keyword in ["anyOf", "oneOf"] {
            let Some(Value::Array(branches)) = map.get(keyword) else {
                continue;
            };
            if branches.is_empty() || branches.iter().any(|branch| constrains_only(branch, map)) {
                continue;
            }
            let members = branches
                .iter()
                .map(|branch| {
                    let typed = ["type", "$ref", "anyOf", "oneOf", "allOf"]
                        .iter()
                        .any(|key| branch.get(*key).is_some());
                    self.schema(branch, own_type.filter(|_| !typed), depth + 1)
                })
                .collect();
            let union = Type::union(members);
            all = Some(match all {
                None => union,
                Some(all) => Type::intersect(all, union),
            });
        }
        all.filter(|ty| *ty != Type::Unknown)
    }
}

/// Whether a branch adds no type to the schema around it: `{"required": ["a"]}`.
fn constrains_only(branch: &Value, around: &Map<String, Value>) -> bool {
    let Some(branch) = branch.as_object() else {
        return branch == &Value::Bool(true);
    };
    if !TYPING.iter().any(|key| branch.contains_key(*key)) {
        return true;
    }
    // `{"type": "object", "required": […]}` beside properties.
    around.get("properties").is_some_and(Value::is_object)
        && branch.get("type").is_none_or(|ty| ty == "object")
        && !TYPING
            .iter()
            .any(|key| *key != "type" && branch.contains_key(*key))
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

fn literal(value: &Value, depth: usize) -> Type<'_> {
    match value {
        Value::Null => Type::Word("null"),
        Value::Array(items) if depth < DEPTH && items.len() <= 16 => Type::Tuple(
            items.iter().map(|item| literal(item, depth + 1)).collect(),
            None,
        ),
        Value::Object(map) if depth < DEPTH && map.len() <= 16 => Type::Object(Object {
            properties: map
                .iter()
                .map(|(key, value)| Property {
                    key,
                    ty: literal(value, depth + 1),
                    note: Note::default(),
                })
                .collect(),
            required: map.keys().map(String::as_str).collect(),
            rest: None,
            closed: true,
        }),
        Value::Array(_) => Type::Array(Box::new(Type::Unknown)),
        Value::Object(_) => Type::record(),
        Value::String(text) if text.len() > 300 => Type::string(),
        scalar => Type::Literal(scalar.to_string()),
    }
}
