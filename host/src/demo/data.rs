//! A small company's data, made up the same way every time.

use serde_json::{Value, json};

/// Everything the demonstration servers serve.
#[derive(Debug)]
pub(super) struct Data {
    pub(super) customers: Vec<Value>,
    pub(super) products: Vec<Value>,
    pub(super) orders: Vec<Value>,
    pub(super) refunds: Vec<Value>,
    pub(super) issues: Vec<Value>,
    pub(super) comments: Vec<Value>,
    pub(super) events: Vec<Value>,
}

const FIRST: [&str; 12] = [
    "Ada", "Bram", "Chiara", "Deniz", "Elif", "Farid", "Greta", "Hugo", "Ines", "Jonas", "Kira",
    "Luca",
];
const LAST: [&str; 10] = [
    "Adler", "Brandt", "Costa", "Dupont", "Eriksen", "Fischer", "Garcia", "Horvat", "Ivanov",
    "Jansen",
];
pub(super) const CITIES: [&str; 6] = ["Berlin", "Lisbon", "Oslo", "Prague", "Vienna", "Zurich"];
pub(super) const TIERS: [&str; 3] = ["bronze", "silver", "gold"];
pub(super) const CATEGORIES: [&str; 4] = ["kitchen", "garden", "office", "outdoor"];
const ADJECTIVES: [&str; 6] = [
    "Folding",
    "Compact",
    "Classic",
    "Solar",
    "Insulated",
    "Modular",
];
const NOUNS: [&str; 8] = [
    "Lamp",
    "Kettle",
    "Chair",
    "Planter",
    "Bottle",
    "Shelf",
    "Tent",
    "Organizer",
];
pub(super) const STATUSES: [&str; 4] = ["delivered", "shipped", "processing", "cancelled"];
pub(super) const LABELS: [&str; 5] = ["delivery", "damaged", "billing", "question", "returns"];
pub(super) const MEMBERS: [&str; 5] = ["mira", "noah", "olga", "pavel", "quinn"];
pub(super) const CALENDARS: [&str; 3] = ["team", "support", "warehouse"];
pub(super) const ROOMS: [&str; 3] = ["Baltic", "Adria", "Biscay"];

impl Data {
    /// The data as it is at every start.
    pub(super) fn new() -> Self {
        let mut dice = Dice(20_260_728);
        let customers: Vec<_> = (0..60).map(|index| customer(index, &mut dice)).collect();
        let products: Vec<_> = (0..48).map(|index| product(index, &mut dice)).collect();
        let orders: Vec<_> = (0..300)
            .map(|index| order(index, &customers, &products, &mut dice))
            .collect();
        let issues: Vec<_> = (0..160)
            .map(|index| issue(index, &orders, &mut dice))
            .collect();
        let comments = (0..700).map(|index| comment(index, &mut dice)).collect();
        let events = (0..80).map(|index| event(index, &mut dice)).collect();
        Self {
            customers,
            products,
            orders,
            refunds: Vec::new(),
            issues,
            comments,
            events,
        }
    }
}

fn customer(index: usize, dice: &mut Dice) -> Value {
    let (first, last) = (dice.pick(&FIRST), dice.pick(&LAST));
    json!({
        "id": format!("C-{:04}", 1000 + index),
        "name": format!("{first} {last}"),
        "email": format!("{}.{}{index}@example.com", first.to_lowercase(), last.to_lowercase()),
        "phone": format!("+49 30 {:07}", dice.below(10_000_000)),
        "tier": dice.pick(&TIERS),
        "city": dice.pick(&CITIES),
        "address": {
            "street": format!("{} Street {}", dice.pick(&LAST), 1 + dice.below(120)),
            "postal_code": format!("{:05}", dice.below(100_000)),
        },
        "created_at": dice.day(2023),
        "marketing_consent": dice.below(2) == 1,
        "notes": "Prefers contact by mail. Imported from the former shop system.",
    })
}

fn product(index: usize, dice: &mut Dice) -> Value {
    json!({
        "sku": format!("SKU-{:03}", 100 + index),
        "name": format!("{} {}", dice.pick(&ADJECTIVES), dice.pick(&NOUNS)),
        "category": dice.pick(&CATEGORIES),
        "price": (dice.below(9000) + 500) as f64 / 100.0,
        "stock": dice.below(200),
        "weight_grams": 100 + dice.below(5000),
        "tags": [dice.pick(&ADJECTIVES).to_lowercase(), dice.pick(&CATEGORIES)],
        "description": "Made to last, with spare parts for ten years. Ships within two working days.",
    })
}

fn order(index: usize, customers: &[Value], products: &[Value], dice: &mut Dice) -> Value {
    let items: Vec<_> = (0..=dice.below(4))
        .map(|_| {
            let product = &products[dice.below(products.len())];
            json!({
                "sku": product["sku"],
                "name": product["name"],
                "quantity": 1 + dice.below(3),
                "unit_price": product["price"],
            })
        })
        .collect();
    let number = |item: &Value, field: &str| item[field].as_f64().unwrap_or(0.0);
    let total: f64 = items
        .iter()
        .map(|item| number(item, "quantity") * number(item, "unit_price"))
        .sum();
    let customer = &customers[dice.below(customers.len())];
    json!({
        "id": format!("O-{}", 5000 + index),
        "customer_id": customer["id"],
        "status": dice.pick(&STATUSES),
        "placed_at": dice.day(2026),
        "items": items,
        "total": (total * 100.0).round() / 100.0,
        "currency": "EUR",
        "shipping": {
            "carrier": "Parcel Post",
            "tracking": format!("PP{:09}", dice.below(1_000_000_000)),
            "city": customer["city"],
        },
        "payment": {"method": "card", "last4": format!("{:04}", dice.below(10_000)), "captured": true},
    })
}

fn issue(index: usize, orders: &[Value], dice: &mut Dice) -> Value {
    let order = &orders[dice.below(orders.len())];
    let label = dice.pick(&LABELS);
    let number = index + 1;
    json!({
        "number": number,
        "project": if dice.below(4) == 0 { "website" } else { "support" },
        "title": format!("{label}: customer asks about order {}", order["id"].as_str().unwrap_or_default()),
        "body": "The customer wrote to the help desk. The conversation goes on in the comments.",
        "state": if dice.below(5) < 2 { "open" } else { "closed" },
        "label": label,
        "assignee": dice.pick(&MEMBERS),
        "order_id": order["id"],
        "created_at": dice.day(2026),
        "url": format!("https://tracker.example.com/issues/{number}"),
    })
}

fn comment(index: usize, dice: &mut Dice) -> Value {
    json!({
        "id": index + 1,
        "issue": 1 + dice.below(480),
        "author": dice.pick(&MEMBERS),
        "body": "Called the customer back, they will send a photo.",
        "created_at": dice.day(2026),
    })
}

fn event(index: usize, dice: &mut Dice) -> Value {
    let hour = 8 + dice.below(9);
    let day = dice.day(2026);
    json!({
        "id": format!("E-{}", 100 + index),
        "calendar": dice.pick(&CALENDARS),
        "title": dice.pick(&["Stand-up", "Supplier call", "Planning", "Stock count", "Interview"]),
        "start": format!("{day}T{hour:02}:00"),
        "end": format!("{day}T{:02}:00", hour + 1),
        "room": dice.pick(&ROOMS),
        "attendees": [dice.pick(&MEMBERS), dice.pick(&MEMBERS)],
    })
}

/// A sequence without end that is the same every time.
pub(super) struct Dice(pub(super) u64);

impl Dice {
    /// A number below `bound`.
    pub(super) fn below(&mut self, bound: usize) -> usize {
        // The constants of Knuth's MMIX generator, whose high bits are the good ones.
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) as usize) % bound.max(1)
    }

    fn pick<'a>(&mut self, from: &[&'a str]) -> &'a str {
        from[self.below(from.len())]
    }

    fn day(&mut self, year: u32) -> String {
        format!("{year}-{:02}-{:02}", 1 + self.below(12), 1 + self.below(28))
    }
}
