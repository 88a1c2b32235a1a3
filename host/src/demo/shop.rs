//! The server `shop`: customers, products, orders.

use serde_json::{Value, json};

use super::data::{CATEGORIES, CITIES, STATUSES, TIERS};
use super::tool::{
    DemoTool, Effect, containing, find, matching, one_of, page_of, paged, record, text, whole,
};

pub(super) fn tools() -> Vec<DemoTool> {
    let mut tools = customers();
    tools.extend(products());
    tools.extend(orders());
    tools
}

fn customer() -> Value {
    record(&json!({
        "id": text("Customer id, for example C-1000."),
        "name": text("Full name."),
        "email": text("Primary mail address."),
        "phone": text("Phone number in international form."),
        "tier": one_of(&TIERS, "Loyalty tier."),
        "city": text("City of the delivery address."),
        "address": record(&json!({"street": text("Street and number."), "postal_code": text("Postal code.")})),
        "created_at": text("Day of registration."),
        "marketing_consent": {"type": "boolean"},
        "notes": text("Remarks of the sales team."),
    }))
}

fn product() -> Value {
    record(&json!({
        "sku": text("Stock keeping unit, for example SKU-100."),
        "name": text("Name shown in the shop."),
        "category": one_of(&CATEGORIES, "Category."),
        "price": {"type": "number", "description": "Price in euros."},
        "stock": whole("Pieces in the warehouse."),
        "weight_grams": whole("Shipping weight."),
        "tags": {"type": "array", "items": {"type": "string"}},
        "description": text("Text of the product page."),
    }))
}

fn order() -> Value {
    let item = record(&json!({
        "sku": text("What was ordered."),
        "name": text("Its name at the time."),
        "quantity": whole("Pieces."),
        "unit_price": {"type": "number", "description": "Price of one piece at the time."},
    }));
    record(&json!({
        "id": text("Order id, for example O-5000."),
        "customer_id": text("Who ordered."),
        "status": one_of(&STATUSES, "Where the order stands."),
        "placed_at": text("Day of the order."),
        "items": {"type": "array", "items": item},
        "total": {"type": "number", "description": "Sum of the items in the order's currency."},
        "currency": text("ISO 4217 code."),
        "shipping": record(&json!({"carrier": {"type": "string"}, "tracking": {"type": "string"}, "city": {"type": "string"}})),
        "payment": record(&json!({"method": {"type": "string"}, "last4": {"type": "string"}, "captured": {"type": "boolean"}})),
    }))
}

fn customers() -> Vec<DemoTool> {
    vec![
        DemoTool {
            name: "list_customers",
            description: "Lists customers page by page, in the order of their registration. Can be narrowed to a loyalty tier or a city. Use search_customers to look someone up by name.",
            effect: Effect::Reads,
            input: paged(
                json!({"tier": one_of(&TIERS, "Only customers of this tier."), "city": one_of(&CITIES, "Only customers of this city.")}),
            ),
            required: &[],
            output: page_of("customers", customer()),
            call: |data, arguments| {
                Ok(arguments.page(
                    "customers",
                    matching(&data.customers, arguments, &["tier", "city"]),
                ))
            },
        },
        DemoTool {
            name: "get_customer",
            description: "Returns one customer with contact details, tier and address. Fails if there is no customer with this id.",
            effect: Effect::Reads,
            input: json!({"customer_id": text("The customer's id.")}),
            required: &["customer_id"],
            output: customer(),
            call: |data, arguments| {
                Ok(find(&mut data.customers, "id", &arguments.value("customer_id"))?.clone())
            },
        },
        DemoTool {
            name: "search_customers",
            description: "Finds customers whose name or mail address contains the query, upper and lower case alike.",
            effect: Effect::Reads,
            input: paged(json!({"query": text("Part of a name or of a mail address.")})),
            required: &["query"],
            output: page_of("customers", customer()),
            call: |data, arguments| {
                Ok(arguments.page(
                    "customers",
                    containing(&data.customers, arguments, &["name", "email"])?,
                ))
            },
        },
        DemoTool {
            name: "update_customer_tier",
            description: "Moves a customer to another loyalty tier and returns the customer. The change takes effect with the next order.",
            effect: Effect::Changes,
            input: json!({"customer_id": text("The customer's id."), "tier": one_of(&TIERS, "The new tier.")}),
            required: &["customer_id", "tier"],
            output: customer(),
            call: |data, arguments| {
                let found = find(&mut data.customers, "id", &arguments.value("customer_id"))?;
                Ok(arguments.applied(found, &["tier"]))
            },
        },
    ]
}

fn products() -> Vec<DemoTool> {
    vec![
        DemoTool {
            name: "list_products",
            description: "Lists products page by page, optionally of one category.",
            effect: Effect::Reads,
            input: paged(
                json!({"category": one_of(&CATEGORIES, "Only products of this category.")}),
            ),
            required: &[],
            output: page_of("products", product()),
            call: |data, arguments| {
                Ok(arguments.page(
                    "products",
                    matching(&data.products, arguments, &["category"]),
                ))
            },
        },
        DemoTool {
            name: "get_product",
            description: "Returns one product with price, stock and the text of its page.",
            effect: Effect::Reads,
            input: json!({"sku": text("The product's stock keeping unit.")}),
            required: &["sku"],
            output: product(),
            call: |data, arguments| {
                Ok(find(&mut data.products, "sku", &arguments.value("sku"))?.clone())
            },
        },
        DemoTool {
            name: "search_products",
            description: "Finds products whose name or description contains the query.",
            effect: Effect::Reads,
            input: paged(json!({"query": text("Part of a name or a description.")})),
            required: &["query"],
            output: page_of("products", product()),
            call: |data, arguments| {
                Ok(arguments.page(
                    "products",
                    containing(&data.products, arguments, &["name", "description"])?,
                ))
            },
        },
        DemoTool {
            name: "update_stock",
            description: "Sets the number of pieces in the warehouse after a count and returns the product.",
            effect: Effect::Changes,
            input: json!({"sku": text("The product's stock keeping unit."), "stock": whole("Pieces counted.")}),
            required: &["sku", "stock"],
            output: product(),
            call: |data, arguments| {
                let found = find(&mut data.products, "sku", &arguments.value("sku"))?;
                Ok(arguments.applied(found, &["stock"]))
            },
        },
    ]
}

fn orders() -> Vec<DemoTool> {
    vec![
        DemoTool {
            name: "list_orders",
            description: "Lists orders page by page with their items, shipping and payment. Can be narrowed to a customer or to a status.",
            effect: Effect::Reads,
            input: paged(
                json!({"customer_id": text("Only orders of this customer."), "status": one_of(&STATUSES, "Only orders in this status.")}),
            ),
            required: &[],
            output: page_of("orders", order()),
            call: |data, arguments| {
                Ok(arguments.page(
                    "orders",
                    matching(&data.orders, arguments, &["customer_id", "status"]),
                ))
            },
        },
        DemoTool {
            name: "get_order",
            description: "Returns one order with all items, the shipping state and the payment. Fails if there is no order with this id.",
            effect: Effect::Reads,
            input: json!({"order_id": text("The order's id.")}),
            required: &["order_id"],
            output: order(),
            call: |data, arguments| {
                Ok(find(&mut data.orders, "id", &arguments.value("order_id"))?.clone())
            },
        },
        DemoTool {
            name: "cancel_order",
            description: "Cancels an order that has not been shipped and returns it. Shipped and delivered orders cannot be cancelled, refund them instead.",
            effect: Effect::Changes,
            input: json!({"order_id": text("The order's id.")}),
            required: &["order_id"],
            output: order(),
            call: |data, arguments| {
                let found = find(&mut data.orders, "id", &arguments.value("order_id"))?;
                if found["status"] != "processing" {
                    return Err(format!(
                        "the order is {}, only orders in processing can be cancelled",
                        found["status"]
                    ));
                }
                found["status"] = "cancelled".into();
                Ok(found.clone())
            },
        },
        DemoTool {
            name: "create_refund",
            description: "Pays back a part of an order or all of it to the card it was paid with. The amount cannot exceed the order's total.",
            effect: Effect::Changes,
            input: json!({
                "order_id": text("The order's id."),
                "amount": {"type": "number", "exclusiveMinimum": 0, "description": "Amount in the order's currency."},
                "reason": text("Shown to the customer."),
            }),
            required: &["order_id", "amount"],
            output: record(
                &json!({"id": text("Refund id."), "order_id": text("The order."), "amount": {"type": "number"}}),
            ),
            call: |data, arguments| {
                let order = find(&mut data.orders, "id", &arguments.value("order_id"))?;
                let amount = arguments.value("amount");
                if amount.as_f64() > order["total"].as_f64() {
                    return Err(format!("the order's total is {}", order["total"]));
                }
                let refund = json!({"id": format!("R-{}", data.refunds.len() + 1), "order_id": order["id"], "amount": amount});
                data.refunds.push(refund.clone());
                Ok(refund)
            },
        },
        DemoTool {
            name: "list_refunds",
            description: "Lists the refunds made so far, optionally of one order.",
            effect: Effect::Reads,
            input: paged(json!({"order_id": text("Only refunds of this order.")})),
            required: &[],
            output: page_of(
                "refunds",
                record(
                    &json!({"id": text("Refund id."), "order_id": text("The order."), "amount": {"type": "number"}}),
                ),
            ),
            call: |data, arguments| {
                Ok(arguments.page("refunds", matching(&data.refunds, arguments, &["order_id"])))
            },
        },
    ]
}
