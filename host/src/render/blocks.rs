//! Content blocks on their way to the client. What a model reads as words shares
//! the room of the answer; images and other bytes pass whole.

use rmcp::model::{ContentBlock, ResourceContents};

use super::cut::{characters, cut_text};

/// Room below which a text is left out rather than cut.
const LEAST: usize = 64;

/// Blocks that fit the room they were given.
#[derive(Debug, Default)]
pub(super) struct Fitted {
    pub(super) blocks: Vec<ContentBlock>,
    /// What they take of the room.
    pub(super) characters: usize,
    /// Whether a text was cut.
    pub(super) is_cut: bool,
    /// Blocks there was no room for.
    pub(super) left_out: usize,
}

impl Fitted {
    /// The blocks that fit `room` characters, in their order. Images and other
    /// bytes come first: they need little of it, and a text can be cut.
    pub(super) fn of(blocks: Vec<ContentBlock>, room: usize) -> Self {
        let mut fitted = Self::default();
        let all = blocks.into_iter().enumerate();
        let (bytes, words): (Vec<_>, Vec<_>) = all
            .map(|(place, mut block)| (place, is_base64(&mut block), block))
            .partition(|(_, is_base64, _)| *is_base64);
        let mut kept: Vec<_> = bytes
            .into_iter()
            .chain(words)
            .filter_map(|(place, _, block)| Some((place, fitted.take(block, room)?)))
            .collect();
        kept.sort_by_key(|(place, _)| *place);
        fitted.blocks = kept.into_iter().map(|(_, block)| block).collect();
        fitted
    }

    /// A block whole, cut or not at all, as far as there is room for it.
    fn take(&mut self, mut block: ContentBlock, room: usize) -> Option<ContentBlock> {
        let left = room.saturating_sub(self.characters);
        let frame = frame(&mut block);
        let text = match payload(&mut block) {
            Some(Payload::Text(text)) => Some(text),
            _ => None,
        };
        let length = text.as_deref().map_or(0, |text| characters(text));
        let mut taken = frame.saturating_add(length);
        if taken > left {
            match text {
                Some(text) if left >= frame.saturating_add(LEAST) => {
                    *text = cut_text(text, left - frame);
                    taken = frame + characters(text);
                    self.is_cut = true;
                }
                _ => {
                    self.left_out += 1;
                    return None;
                }
            }
        }
        self.characters += taken;
        Some(block)
    }
}

fn is_base64(block: &mut ContentBlock) -> bool {
    matches!(payload(block), Some(Payload::Base64(_)))
}

/// The part of a block that may be large by right.
enum Payload<'a> {
    Text(&'a mut String),
    Base64(&'a mut String),
}

fn payload(block: &mut ContentBlock) -> Option<Payload<'_>> {
    Some(match block {
        ContentBlock::Text(content) => Payload::Text(&mut content.text),
        ContentBlock::Image(content) => Payload::Base64(&mut content.data),
        ContentBlock::Audio(content) => Payload::Base64(&mut content.data),
        ContentBlock::Resource(content) => match &mut content.resource {
            ResourceContents::TextResourceContents { text, .. } => Payload::Text(text),
            ResourceContents::BlobResourceContents { blob, .. } => Payload::Base64(blob),
            _ => return None,
        },
        _ => return None,
    })
}

/// Characters of a block without its payload: names, addresses, annotations.
fn frame(block: &mut ContentBlock) -> usize {
    let taken =
        payload(block).map(|(Payload::Text(text) | Payload::Base64(text))| std::mem::take(text));
    let frame = serde_json::to_string(block).map_or(usize::MAX, |json| characters(&json));
    if let Some(taken) = taken
        && let Some(Payload::Text(text) | Payload::Base64(text)) = payload(block)
    {
        *text = taken;
    }
    frame
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    /// The blocks as JSON once they share `room`.
    fn fitted(blocks: &Value, room: usize) -> (Vec<Value>, Fitted) {
        let blocks: Vec<ContentBlock> = serde_json::from_value(blocks.clone()).unwrap();
        let fitted = Fitted::of(blocks, room);
        let shown = fitted
            .blocks
            .iter()
            .map(|block| serde_json::to_value(block).unwrap());
        (shown.collect(), fitted)
    }

    #[test]
    fn bytes_pass_whole_and_words_share_the_room() {
        let image = json!({"type": "image", "data": "A".repeat(5000), "mimeType": "image/png"});
        let file = json!({"type": "resource", "resource": {"uri": "file:///a", "text": "word ".repeat(1000)}});
        let link = json!({"type": "resource_link", "uri": "file:///b", "name": "b", "description": "long ".repeat(1000)});
        let text = json!({"type": "text", "text": "short"});
        let (shown, fitted) = fitted(&json!([text, file, link, image]), 600);
        assert_eq!((&shown[0], &shown[2]), (&text, &image));
        let cut = shown[1]["resource"]["text"].as_str().unwrap();
        assert!(cut.ends_with("more of 5,000 characters"), "{cut}");
        assert_eq!((shown.len(), fitted.is_cut, fitted.left_out), (3, true, 1));
        assert!(fitted.characters <= 600, "{}", fitted.characters);
    }

    #[test]
    fn many_small_blocks_are_counted_too() {
        let empty = json!({"type": "text", "text": ""});
        let (shown, fitted) = fitted(&json!(vec![empty; 1000]), 600);
        assert!(shown.len() < 30, "{}", shown.len());
        assert_eq!(shown.len() + fitted.left_out, 1000);
    }
}
