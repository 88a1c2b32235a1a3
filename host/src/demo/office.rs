//! The server `office`: calendars, rooms, the weather.

use serde_json::{Value, json};

use super::data::{CALENDARS, CITIES, Dice, MEMBERS, ROOMS};
use super::tool::{
    Arguments, DemoTool, Effect, find, matching, one_of, page_of, paged, record, text, whole,
};

pub(super) fn tools() -> Vec<DemoTool> {
    let mut tools = calendar();
    tools.extend(around());
    tools
}

fn event() -> Value {
    record(&json!({
        "id": text("Event id, for example E-100."),
        "calendar": one_of(&CALENDARS, "Calendar it is in."),
        "title": text("One line."),
        "start": text("Local time, for example 2026-07-28T09:00."),
        "end": text("Local time."),
        "room": one_of(&ROOMS, "Where it takes place."),
        "attendees": {"type": "array", "items": {"type": "string"}},
    }))
}

fn fields() -> Value {
    json!({
        "calendar": one_of(&CALENDARS, "Calendar to put it in."),
        "title": text("One line."),
        "start": text("Local time, for example 2026-07-28T09:00."),
        "end": text("Local time, after the start."),
        "room": one_of(&ROOMS, "Where it takes place."),
        "attendees": {"type": "array", "items": {"type": "string", "enum": MEMBERS}, "description": "Who is invited."},
    })
}

const FIELDS: [&str; 6] = ["calendar", "title", "start", "end", "room", "attendees"];

fn calendar() -> Vec<DemoTool> {
    let mut changed = fields();
    changed["event_id"] = text("The event's id.");
    vec![
        DemoTool {
            name: "list_events",
            description: "Lists events page by page. Can be narrowed to a calendar or a room, and to a span of days, the last one included.",
            effect: Effect::Reads,
            input: paged(json!({
                "calendar": one_of(&CALENDARS, "Only events of this calendar."),
                "room": one_of(&ROOMS, "Only events in this room."),
                "from": text("First day, for example 2026-07-01."),
                "to": text("Last day."),
            })),
            required: &[],
            output: page_of("events", event()),
            call: |data, arguments| {
                let mut rows = matching(&data.events, arguments, &["calendar", "room"]);
                let day = |row: &Value| {
                    row["start"]
                        .as_str()
                        .and_then(|start| start.get(..10))
                        .unwrap_or_default()
                        .to_owned()
                };
                rows.retain(|row| arguments.text("from").is_none_or(|from| &*day(row) >= from));
                rows.retain(|row| arguments.text("to").is_none_or(|to| &*day(row) <= to));
                Ok(arguments.page("events", rows))
            },
        },
        DemoTool {
            name: "get_event",
            description: "Returns one event with its attendees.",
            effect: Effect::Reads,
            input: json!({"event_id": text("The event's id.")}),
            required: &["event_id"],
            output: event(),
            call: |data, arguments| {
                Ok(find(&mut data.events, "id", &arguments.value("event_id"))?.clone())
            },
        },
        DemoTool {
            name: "create_event",
            description: "Puts an event into a calendar, books the room and invites the attendees.",
            effect: Effect::Adds,
            input: fields(),
            required: &["calendar", "title", "start", "end"],
            output: event(),
            call: |data, arguments| {
                let mut event = json!({
                    "id": format!("E-{}", 100 + data.events.len()), "calendar": "", "title": "",
                    "start": "", "end": "", "room": ROOMS[0], "attendees": [],
                });
                let event = arguments.applied(&mut event, &FIELDS);
                data.events.push(event.clone());
                Ok(event)
            },
        },
        DemoTool {
            name: "update_event",
            description: "Changes the fields of an event that are given, tells the attendees and returns the event.",
            effect: Effect::Changes,
            input: changed,
            required: &["event_id"],
            output: event(),
            call: |data, arguments| {
                let found = find(&mut data.events, "id", &arguments.value("event_id"))?;
                Ok(arguments.applied(found, &FIELDS))
            },
        },
        DemoTool {
            name: "delete_event",
            description: "Removes an event, frees the room and tells the attendees. Cannot be undone.",
            effect: Effect::Changes,
            input: json!({"event_id": text("The event's id.")}),
            required: &["event_id"],
            output: record(&json!({"deleted": text("Id of the event removed.")})),
            call: |data, arguments| {
                let id = arguments.value("event_id");
                find(&mut data.events, "id", &id)?;
                data.events.retain(|event| event["id"] != id);
                Ok(json!({"deleted": id}))
            },
        },
        DemoTool {
            name: "list_calendars",
            description: "Lists the calendars with the number of their events.",
            effect: Effect::Reads,
            input: json!({}),
            required: &[],
            output: record(
                &json!({"calendars": {"type": "array", "items": record(&json!({"name": text("Calendar."), "events": whole("Events in it.")}))}}),
            ),
            call: |data, _| {
                let count = |name: &str| {
                    data.events
                        .iter()
                        .filter(|event| event["calendar"] == name)
                        .count()
                };
                let row = |name: &&str| json!({"name": name, "events": count(name)});
                Ok(json!({"calendars": CALENDARS.iter().map(row).collect::<Vec<_>>()}))
            },
        },
    ]
}

fn around() -> Vec<DemoTool> {
    vec![
        DemoTool {
            name: "list_rooms",
            description: "Lists the meeting rooms.",
            effect: Effect::Reads,
            input: json!({}),
            required: &[],
            output: record(&json!({"rooms": {"type": "array", "items": {"type": "string"}}})),
            call: |_, _| Ok(json!({"rooms": ROOMS})),
        },
        DemoTool {
            name: "find_free_rooms",
            description: "Says which rooms have no event that begins in an hour.",
            effect: Effect::Reads,
            input: json!({"start": text("The hour, for example 2026-07-28T09:00.")}),
            required: &["start"],
            output: record(&json!({"rooms": {"type": "array", "items": {"type": "string"}}})),
            call: |data, arguments| {
                let start = arguments.value("start");
                let taken = |room: &str| {
                    data.events
                        .iter()
                        .any(|event| event["room"] == room && event["start"] == start)
                };
                Ok(json!({"rooms": ROOMS.iter().filter(|room| !taken(room)).collect::<Vec<_>>()}))
            },
        },
        DemoTool {
            name: "get_weather",
            description: "Returns the weather of one day in one of the cities we deliver to.",
            effect: Effect::Reads,
            input: json!({"city": one_of(&CITIES, "City."), "date": text("The day, for example 2026-07-28.")}),
            required: &["city", "date"],
            output: weather(),
            call: |_, arguments| Ok(weather_on(arguments.need("city")?, arguments.need("date")?)),
        },
        DemoTool {
            name: "get_forecast",
            description: "Returns the weather of the coming days in one of the cities we deliver to, today first.",
            effect: Effect::Reads,
            input: json!({"city": one_of(&CITIES, "City."), "days": {"type": "integer", "minimum": 1, "maximum": 14, "description": "How many days. Defaults to 7."}}),
            required: &["city"],
            output: record(&json!({"days": {"type": "array", "items": weather()}})),
            call: forecast,
        },
    ]
}

fn weather() -> Value {
    record(&json!({
        "city": text("City."),
        "date": text("Day."),
        "sky": one_of(&SKIES, "Most of the day."),
        "high_celsius": whole("Highest temperature."),
        "low_celsius": whole("Lowest temperature."),
        "rain_mm": whole("Rain over the day."),
    }))
}

const SKIES: [&str; 4] = ["clear", "cloudy", "rain", "storm"];

fn forecast(_: &mut super::data::Data, arguments: &Arguments) -> Result<Value, String> {
    let city = arguments.need("city")?;
    let days = arguments.number("days").unwrap_or(7).clamp(1, 14);
    let days: Vec<_> = (1..=days)
        .map(|day| weather_on(city, &format!("2026-08-{day:02}")))
        .collect();
    Ok(json!({"days": days}))
}

/// The same for the same city and day.
fn weather_on(city: &str, date: &str) -> Value {
    let seed = city
        .bytes()
        .chain(date.bytes())
        .fold(7, |seed: u64, byte| seed.wrapping_mul(31) + u64::from(byte));
    let mut dice = Dice(seed);
    let low = dice.below(15);
    json!({
        "city": city, "date": date, "sky": SKIES[dice.below(4)],
        "high_celsius": low + 3 + dice.below(12), "low_celsius": low, "rain_mm": dice.below(20),
    })
}
