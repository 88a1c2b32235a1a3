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
    /// Adds a block, whole, cut or not at all, so that all together stay within
    /// `room` characters.
    pub(super) fn push(&mut self, mut block: ContentBlock, room: usize) {
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
                    return;
                }
            }
        }
        self.characters += taken;
        self.blocks.push(block);
    }
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
        let mut fitted = Fitted::default();
        for block in blocks {
            fitted.push(block, room);
        }
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
        let (shown, fitted) = fitted(&json!([image, text, file, link]), 600);
        assert_eq!(shown[..2], [image, text]);
        let cut = shown[2]["resource"]["text"].as_str().unwrap();
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
