//! A JSON object whose members stay text, so that only what is needed is decoded and what no decoder
//! takes passes. Must not know what the members mean. Start at [`RawObject::read`].

use std::fmt;

use serde::de::{Deserialize, DeserializeOwned, Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;

/// The members of an object in their order, keys as JSON strings.
pub(crate) struct RawObject<'a> {
    members: Vec<(&'a RawValue, &'a RawValue)>,
}

impl<'a> RawObject<'a> {
    /// `None` where the text is no JSON object.
    pub(crate) fn read(text: &'a str) -> Option<Self> {
        serde_json::from_str(text).ok()
    }

    /// The last value under `key`, as `JSON.parse` would have it; `null` counts as none.
    pub(crate) fn get(&self, key: &str) -> Option<&'a RawValue> {
        let is_asked_for = |raw: &RawValue| {
            let raw = raw.get().strip_prefix('"');
            raw.and_then(|raw| raw.strip_suffix('"')) == Some(key)
        };
        let mut members = self.members.iter().rev();
        let (_, value) = members.find(|(raw, _)| is_asked_for(raw))?;
        (value.get() != "null").then_some(*value)
    }

    /// The value under `key`, if there is one of that kind.
    pub(crate) fn decode<T: DeserializeOwned>(&self, key: &str) -> Option<T> {
        serde_json::from_str(self.get(key)?.get()).ok()
    }

    /// Key and value of the only member, if there is just one.
    pub(crate) fn only(&self) -> Option<(&'a str, &'a RawValue)> {
        match self.members.as_slice() {
            [(key, value)] => Some((key.get(), value)),
            _ => None,
        }
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for RawObject<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Members;
        impl<'de> Visitor<'de> for Members {
            type Value = RawObject<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a JSON object")
            }

            fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> Result<Self::Value, M::Error> {
                let mut members = Vec::new();
                while let Some(member) = map.next_entry()? {
                    members.push(member);
                }
                Ok(RawObject { members })
            }
        }
        deserializer.deserialize_map(Members)
    }
}
