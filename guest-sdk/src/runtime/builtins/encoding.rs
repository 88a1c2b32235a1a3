//! `TextEncoder`, `TextDecoder`, `atob` and `btoa`.

use base64::Engine as _;
use base64::alphabet;
use base64::engine::DecodePaddingMode;
use base64::engine::general_purpose::{GeneralPurpose, GeneralPurposeConfig, STANDARD};
use boa_engine::builtins::array_buffer::AlignedVec;
use boa_engine::object::builtins::{JsArrayBuffer, JsDataView, JsTypedArray, JsUint8Array};
use boa_engine::{
    Context, Finalize, JsArgs, JsData, JsNativeError, JsObject, JsResult, JsString, JsValue, Trace,
    js_string,
};

use super::define::{self, WithoutNew};
use super::exception::exception;

/// Reads what browsers read once spaces and padding are gone.
const FORGIVING: GeneralPurpose = GeneralPurpose::new(
    &alphabet::STANDARD,
    GeneralPurposeConfig::new()
        .with_decode_allow_trailing_bits(true)
        .with_decode_padding_mode(DecodePaddingMode::RequireNone),
);

#[derive(Trace, Finalize, JsData)]
struct TextEncoder;

/// Native data of a `TextDecoder`.
#[derive(Trace, Finalize, JsData)]
struct TextDecoder {
    #[unsafe_ignore_trace]
    encoding: Encoding,
    is_fatal: bool,
    keeps_bom: bool,
    /// The beginning of a character whose end comes with the next chunk.
    pending: Vec<u8>,
    /// Whether something of the current stream was decoded already.
    has_begun: bool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Encoding {
    Utf8,
    Utf16,
}

/// Defines the globals.
pub(crate) fn install(context: &mut Context) -> JsResult<()> {
    let encoder = define::class(
        "TextEncoder",
        0,
        WithoutNew::Throws,
        |prototype, _, _| Ok(JsObject::from_proto_and_data(prototype, TextEncoder)),
        context,
    )?;
    let name: define::Native = |_, _, _| Ok(js_string!("utf-8").into());
    define::accessor(&encoder.prototype, "encoding", name, None, context)?;
    define::method(&encoder.prototype, "encode", 0, encode, context)?;
    define::method(&encoder.prototype, "encodeInto", 2, encode_into, context)?;
    define::global("TextEncoder", encoder.constructor, context)?;

    let decoder = define::class("TextDecoder", 0, WithoutNew::Throws, new_decoder, context)?;
    let accessors: [(&str, define::Native); 3] = [
        ("encoding", |this, _, _| {
            read(this, |decoder| match decoder.encoding {
                Encoding::Utf8 => js_string!("utf-8").into(),
                Encoding::Utf16 => js_string!("utf-16le").into(),
            })
        }),
        ("fatal", |this, _, _| read(this, |it| it.is_fatal.into())),
        ("ignoreBOM", |this, _, _| {
            read(this, |it| it.keeps_bom.into())
        }),
    ];
    for (name, native) in accessors {
        define::accessor(&decoder.prototype, name, native, None, context)?;
    }
    define::method(&decoder.prototype, "decode", 0, decode, context)?;
    define::global("TextDecoder", decoder.constructor, context)?;

    let atob = define::function("atob", 1, atob, context);
    define::global("atob", atob, context)?;
    let btoa = define::function("btoa", 1, btoa, context);
    define::global("btoa", btoa, context)
}

/// The bytes that an `ArrayBuffer`, typed array or `DataView` shows.
pub(crate) fn bytes_of(value: &JsValue, context: &mut Context) -> JsResult<Option<Vec<u8>>> {
    let Some(object) = value.as_object() else {
        return Ok(None);
    };
    if let Ok(buffer) = JsArrayBuffer::from_object(object.clone()) {
        return Ok(Some(buffer.to_vec().unwrap_or_default()));
    }
    let (buffer, from, length) = if let Ok(array) = JsTypedArray::from_object(object.clone()) {
        let from = array.byte_offset(context)?;
        (array.buffer(context)?, from, array.byte_length(context)?)
    } else if let Ok(view) = JsDataView::from_object(object) {
        let from = view.byte_offset(context)? as usize;
        (
            view.buffer(context)?,
            from,
            view.byte_length(context)? as usize,
        )
    } else {
        return Ok(None);
    };
    let buffer = buffer.as_object().map(JsArrayBuffer::from_object);
    let Some(Ok(buffer)) = buffer else {
        return Ok(None);
    };
    let bytes = buffer
        .data()
        .and_then(|data| data.get(from..from + length).map(<[u8]>::to_vec));
    Ok(Some(bytes.unwrap_or_default()))
}

fn encode(_: &JsValue, args: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let text = text_argument(args, context)?;
    let block = AlignedVec::from_slice(0, text.as_bytes());
    let buffer = JsArrayBuffer::from_byte_block(block, context)?;
    Ok(JsUint8Array::from_array_buffer(buffer, context)?.into())
}

fn text_argument(args: &[JsValue], context: &mut Context) -> JsResult<String> {
    match args.first() {
        Some(text) if !text.is_undefined() => Ok(text.to_string(context)?.to_std_string_lossy()),
        _ => Ok(String::new()),
    }
}

fn encode_into(_: &JsValue, args: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let text = text_argument(args, context)?;
    let array = args
        .get_or_undefined(1)
        .as_object()
        .and_then(|object| JsUint8Array::from_object(object).ok())
        .ok_or_else(|| JsNativeError::typ().with_message("argument 2 is not a Uint8Array"))?;
    let room = array.byte_length(context)?;
    let from = array.byte_offset(context)?;
    let kept = &text[..text.floor_char_boundary(room)];
    let buffer = array.buffer(context)?;
    let buffer = buffer.as_object().map(JsArrayBuffer::from_object);
    if let Some(Ok(buffer)) = buffer
        && let Some(mut data) = buffer.data_mut()
        && let Some(place) = data.get_mut(from..from + kept.len())
    {
        place.copy_from_slice(kept.as_bytes());
    }
    let result = JsObject::with_object_proto(context.intrinsics());
    let read = kept.encode_utf16().count();
    result.create_data_property(js_string!("read"), read as u32, context)?;
    result.create_data_property(js_string!("written"), kept.len() as u32, context)?;
    Ok(result.into())
}

fn new_decoder(prototype: JsObject, args: &[JsValue], context: &mut Context) -> JsResult<JsObject> {
    let label = match args.first() {
        Some(label) if !label.is_undefined() => label.to_string(context)?.to_std_string_lossy(),
        _ => "utf-8".to_owned(),
    };
    let encoding = match label.trim_ascii().to_ascii_lowercase().as_str() {
        "utf-8" | "utf8" | "unicode-1-1-utf-8" => Encoding::Utf8,
        "utf-16" | "utf-16le" | "ucs-2" | "unicode" => Encoding::Utf16,
        _ => {
            let message = format!("the encoding `{label}` is not available: use utf-8 or utf-16le");
            return Err(JsNativeError::range().with_message(message).into());
        }
    };
    let (mut is_fatal, mut keeps_bom) = (false, false);
    if let Some(options) = args.get_or_undefined(1).as_object() {
        is_fatal = options.get(js_string!("fatal"), context)?.to_boolean();
        keeps_bom = options.get(js_string!("ignoreBOM"), context)?.to_boolean();
    }
    let decoder = TextDecoder {
        encoding,
        is_fatal,
        keeps_bom,
        pending: Vec::new(),
        has_begun: false,
    };
    Ok(JsObject::from_proto_and_data(prototype, decoder))
}

fn not_a_decoder() -> JsNativeError {
    JsNativeError::typ().with_message("`this` is not a TextDecoder")
}

fn read(this: &JsValue, get: fn(&TextDecoder) -> JsValue) -> JsResult<JsValue> {
    let object = this.as_object().ok_or_else(not_a_decoder)?;
    let decoder = object.downcast_ref::<TextDecoder>();
    Ok(get(&*decoder.ok_or_else(not_a_decoder)?))
}

fn decode(this: &JsValue, args: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let object = this.as_object().ok_or_else(not_a_decoder)?;
    let input = args.get_or_undefined(0);
    let bytes = if input.is_undefined() {
        Vec::new()
    } else {
        bytes_of(input, context)?.ok_or_else(|| {
            JsNativeError::typ().with_message("argument 1 is no ArrayBuffer and no view of one")
        })?
    };
    let mut streams = false;
    if let Some(options) = args.get_or_undefined(1).as_object() {
        streams = options.get(js_string!("stream"), context)?.to_boolean();
    }
    let mut decoder = object
        .downcast_mut::<TextDecoder>()
        .ok_or_else(not_a_decoder)?;
    let text = decoder.decode(bytes, streams);
    text.map(JsValue::from).ok_or_else(|| {
        JsNativeError::typ()
            .with_message("The encoded data was not valid")
            .into()
    })
}

impl TextDecoder {
    /// Decodes a chunk; `None` where it is invalid and that is fatal.
    fn decode(&mut self, chunk: Vec<u8>, streams: bool) -> Option<JsString> {
        let mut bytes = std::mem::take(&mut self.pending);
        if bytes.is_empty() {
            bytes = chunk;
        } else {
            bytes.extend_from_slice(&chunk);
        }
        if streams {
            let kept = self.complete(&bytes);
            self.pending = bytes.split_off(kept);
        }
        let bom: &[u8] = match self.encoding {
            Encoding::Utf8 => b"\xef\xbb\xbf",
            Encoding::Utf16 => b"\xff\xfe",
        };
        let is_start = !self.has_begun;
        self.has_begun = streams && (self.has_begun || !bytes.is_empty());
        let bytes = match bytes.strip_prefix(bom) {
            Some(rest) if is_start && !self.keeps_bom => rest,
            _ => bytes.as_slice(),
        };
        match self.encoding {
            Encoding::Utf8 if self.is_fatal => Some(std::str::from_utf8(bytes).ok()?.into()),
            Encoding::Utf8 => Some(JsString::from(&*String::from_utf8_lossy(bytes))),
            Encoding::Utf16 => self.decode_utf16(bytes),
        }
    }

    fn decode_utf16(&self, bytes: &[u8]) -> Option<JsString> {
        let (pairs, rest) = bytes.as_chunks::<2>();
        let mut units: Vec<u16> = pairs.iter().map(|pair| u16::from_le_bytes(*pair)).collect();
        if !rest.is_empty() {
            units.push(0xd800);
        }
        if self.is_fatal {
            return Some(String::from_utf16(&units).ok()?.as_str().into());
        }
        Some(String::from_utf16_lossy(&units).as_str().into())
    }

    /// How many of the bytes are whole characters, or wrong.
    fn complete(&self, bytes: &[u8]) -> usize {
        match self.encoding {
            Encoding::Utf8 => {
                // A character has 4 bytes at most: only the end can be incomplete.
                let from = bytes.len().saturating_sub(3);
                let end = (from..bytes.len()).find(|at| {
                    let rest = &bytes[*at..];
                    rest[0] >= 0xc0
                        && std::str::from_utf8(rest).is_err_and(|error| {
                            error.valid_up_to() == 0 && error.error_len().is_none()
                        })
                });
                end.unwrap_or(bytes.len())
            }
            Encoding::Utf16 => {
                let even = bytes.len() & !1;
                match bytes.get(even.wrapping_sub(2)..even) {
                    Some([_, 0xd8..=0xdb]) => even - 2,
                    _ => even,
                }
            }
        }
    }
}

fn atob(_: &JsValue, args: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let text = args
        .get_or_undefined(0)
        .to_string(context)?
        .to_std_string_lossy();
    let mut kept: Vec<u8> = text
        .bytes()
        .filter(|byte| !byte.is_ascii_whitespace())
        .collect();
    if kept.len().is_multiple_of(4) {
        let padding = kept
            .iter()
            .rev()
            .take(2)
            .take_while(|byte| **byte == b'=')
            .count();
        kept.truncate(kept.len() - padding);
    }
    let Ok(bytes) = FORGIVING.decode(kept) else {
        let message = "The string to be decoded is not correctly encoded.";
        return Err(exception("InvalidCharacterError", message, context));
    };
    let text: String = bytes.into_iter().map(char::from).collect();
    Ok(JsString::from(text.as_str()).into())
}

fn btoa(_: &JsValue, args: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let text = args.get_or_undefined(0).to_string(context)?;
    let bytes: Result<Vec<u8>, _> = text.iter().map(u8::try_from).collect();
    let Ok(bytes) = bytes else {
        let message = "Invalid character: the text has characters outside of Latin-1";
        return Err(exception("InvalidCharacterError", message, context));
    };
    Ok(JsString::from(STANDARD.encode(bytes).as_str()).into())
}

#[cfg(test)]
mod tests {
    use crate::runtime::builtins::web_realm::evaluate;

    #[track_caller]
    fn check(script: &str, expected: &str) {
        assert_eq!(evaluate(script), expected, "{script}");
    }

    #[test]
    fn base64() {
        check("btoa('Hello, world')", "SGVsbG8sIHdvcmxk");
        check("atob(' SGVs\\nbG8= ')", "Hello");
        check("atob('SGVsbG8')", "Hello");
        check("atob('YR')", "a");
        check("atob('/+8=').charCodeAt(0)", "255");
        check("btoa('ÿ')", "/w==");
        check(
            "[btoa(undefined), btoa(null)].join()",
            "dW5kZWZpbmVk,bnVsbA==",
        );
        for bad in [
            "atob('a')",
            "atob('ab=c')",
            "atob('====')",
            "atob('a*b=')",
            "btoa('€')",
        ] {
            check(
                &format!(
                    "try {{ {bad} }} catch (e) {{ e.name + (e instanceof DOMException) + e.code }}"
                ),
                "InvalidCharacterErrortrue5",
            );
        }
    }

    #[test]
    fn encoder() {
        check(
            "[...new TextEncoder().encode('a€😀\\ud800')].join()",
            "97,226,130,172,240,159,152,128,239,191,189",
        );
        check("new TextEncoder().encode() instanceof Uint8Array", "true");
        check(
            "const a = new Uint8Array(4); const r = new TextEncoder().encodeInto('a€😀', a); [r.read, r.written, ...a].join()",
            "2,4,97,226,130,172",
        );
    }

    #[test]
    fn decoder() {
        check(
            "new TextDecoder().decode(new Uint8Array([239, 187, 191, 97, 255, 226, 130, 172]))",
            "a\u{fffd}€",
        );
        check(
            "new TextDecoder('utf8', { ignoreBOM: true }).decode(new Uint8Array([239, 187, 191, 97])).length",
            "2",
        );
        check(
            "try { new TextDecoder('utf-8', { fatal: true }).decode(new Uint8Array([255])) } catch (e) { e.name }",
            "TypeError",
        );
        check(
            "try { new TextDecoder('klingon') } catch (e) { e.name }",
            "RangeError",
        );
        check(
            "new TextDecoder('utf-16le').decode(new Uint8Array([97, 0, 61, 216, 0, 222]))",
            "a😀",
        );
        check(
            "new TextDecoder().decode(new DataView(new Uint8Array([1, 97, 98]).buffer, 1, 1))",
            "a",
        );
        check(
            "const d = new TextDecoder(); let s = ''; for (const b of new TextEncoder().encode('\\ufeffa€😀b')) s += d.decode(new Uint8Array([b]), { stream: true }); s + d.decode()",
            "a€😀b",
        );
        check(
            "const d = new TextDecoder(); d.decode(new Uint8Array([226, 130]), { stream: true }) + d.decode()",
            "\u{fffd}",
        );
    }
}
