//! The server `tracker`: issues of the help desk.

use serde_json::{Value, json};

use super::data::{LABELS, MEMBERS};
use super::tool::{
    DemoTool, Effect, containing, find, matching, one_of, page_of, paged, record, text, whole,
};

const PROJECTS: [&str; 2] = ["support", "website"];
const STATES: [&str; 2] = ["open", "closed"];

pub(super) fn tools() -> Vec<DemoTool> {
    let mut tools = reading();
    tools.extend(writing());
    tools
}

fn issue() -> Value {
    record(&json!({
        "number": whole("Issue number, unique over all projects."),
        "project": one_of(&PROJECTS, "Project."),
        "title": text("One line."),
        "body": text("Text of the issue as markdown."),
        "state": one_of(&STATES, "Whether it is done."),
        "label": one_of(&LABELS, "What it is about."),
        "assignee": one_of(&MEMBERS, "Who looks after it."),
        "order_id": {"type": ["string", "null"], "description": "The order in the shop that it is about."},
        "created_at": text("Day of creation."),
        "url": text("Address of its page."),
    }))
}

fn comment() -> Value {
    record(&json!({
        "id": whole("Comment id."),
        "issue": whole("Number of the issue."),
        "author": text("Who wrote it."),
        "body": text("Text as markdown."),
        "created_at": text("Day of writing."),
    }))
}

fn reading() -> Vec<DemoTool> {
    vec![
        DemoTool {
            name: "list_issues",
            description: "Lists issues page by page, oldest first. Can be narrowed to a project, a state, a label and an assignee, all of which must match.",
            effect: Effect::Reads,
            input: paged(json!({
                "project": one_of(&PROJECTS, "Only issues of this project."),
                "state": one_of(&STATES, "Only issues in this state. Both if left out."),
                "label": one_of(&LABELS, "Only issues with this label."),
                "assignee": one_of(&MEMBERS, "Only issues of this member."),
            })),
            required: &[],
            output: page_of("issues", issue()),
            call: |data, arguments| {
                Ok(arguments.page(
                    "issues",
                    matching(
                        &data.issues,
                        arguments,
                        &["project", "state", "label", "assignee"],
                    ),
                ))
            },
        },
        DemoTool {
            name: "get_issue",
            description: "Returns one issue with its text. Comments are returned by list_comments.",
            effect: Effect::Reads,
            input: json!({"number": whole("The issue's number.")}),
            required: &["number"],
            output: issue(),
            call: |data, arguments| {
                Ok(find(&mut data.issues, "number", &arguments.value("number"))?.clone())
            },
        },
        DemoTool {
            name: "search_issues",
            description: "Finds issues whose title or text contains the query, in all projects and states.",
            effect: Effect::Reads,
            input: paged(json!({"query": text("Part of a title or a text.")})),
            required: &["query"],
            output: page_of("issues", issue()),
            call: |data, arguments| {
                Ok(arguments.page(
                    "issues",
                    containing(&data.issues, arguments, &["title", "body"])?,
                ))
            },
        },
        DemoTool {
            name: "list_comments",
            description: "Lists the comments of an issue, oldest first.",
            effect: Effect::Reads,
            input: paged(json!({"issue": whole("The issue's number.")})),
            required: &["issue"],
            output: page_of("comments", comment()),
            call: |data, arguments| {
                Ok(arguments.page("comments", matching(&data.comments, arguments, &["issue"])))
            },
        },
        DemoTool {
            name: "list_projects",
            description: "Lists the projects with the number of their open and closed issues.",
            effect: Effect::Reads,
            input: json!({}),
            required: &[],
            output: record(
                &json!({"projects": {"type": "array", "items": record(&json!({
                    "name": text("Project."), "open": whole("Open issues."), "closed": whole("Closed issues."),
                }))}}),
            ),
            call: |data, _| {
                let count = |project: &str, state: &str| {
                    data.issues
                        .iter()
                        .filter(|issue| issue["project"] == project && issue["state"] == state)
                        .count()
                };
                let row = |name: &&str| json!({"name": name, "open": count(name, "open"), "closed": count(name, "closed")});
                Ok(json!({"projects": PROJECTS.iter().map(row).collect::<Vec<_>>()}))
            },
        },
        DemoTool {
            name: "list_labels",
            description: "Lists the labels an issue can have.",
            effect: Effect::Reads,
            input: json!({}),
            required: &[],
            output: record(&json!({"labels": {"type": "array", "items": {"type": "string"}}})),
            call: |_, _| Ok(json!({"labels": LABELS})),
        },
        DemoTool {
            name: "list_members",
            description: "Lists the members of the help desk, to whom issues can be assigned.",
            effect: Effect::Reads,
            input: json!({}),
            required: &[],
            output: record(&json!({"members": {"type": "array", "items": {"type": "string"}}})),
            call: |_, _| Ok(json!({"members": MEMBERS})),
        },
    ]
}

fn writing() -> Vec<DemoTool> {
    vec![
        DemoTool {
            name: "create_issue",
            description: "Opens an issue and returns it with its number. Assigned to nobody unless an assignee is given.",
            effect: Effect::Adds,
            input: json!({
                "project": one_of(&PROJECTS, "Where to open it."),
                "title": text("One line."),
                "body": text("Text as markdown."),
                "label": one_of(&LABELS, "What it is about."),
                "assignee": one_of(&MEMBERS, "Who shall look after it."),
                "order_id": text("The order in the shop that it is about."),
            }),
            required: &["project", "title"],
            output: issue(),
            call: |data, arguments| {
                let number = data.issues.len() + 1;
                let mut issue = json!({
                    "number": number, "project": "support", "title": "", "body": "", "state": "open",
                    "label": "question", "assignee": MEMBERS[0], "order_id": null, "created_at": "2026-07-28",
                    "url": format!("https://tracker.example.com/issues/{number}"),
                });
                let issue = arguments.applied(
                    &mut issue,
                    &["project", "title", "body", "label", "assignee", "order_id"],
                );
                data.issues.push(issue.clone());
                Ok(issue)
            },
        },
        DemoTool {
            name: "update_issue",
            description: "Changes the fields of an issue that are given and returns the issue. Closing is setting the state to closed.",
            effect: Effect::Changes,
            input: json!({
                "number": whole("The issue's number."),
                "title": text("New title."),
                "body": text("New text."),
                "state": one_of(&STATES, "New state."),
                "label": one_of(&LABELS, "New label."),
                "assignee": one_of(&MEMBERS, "New assignee."),
            }),
            required: &["number"],
            output: issue(),
            call: |data, arguments| {
                let found = find(&mut data.issues, "number", &arguments.value("number"))?;
                Ok(arguments.applied(found, &["title", "body", "state", "label", "assignee"]))
            },
        },
        DemoTool {
            name: "add_comment",
            description: "Adds a comment to an issue and returns it.",
            effect: Effect::Adds,
            input: json!({"issue": whole("The issue's number."), "author": one_of(&MEMBERS, "Who writes."), "body": text("Text as markdown.")}),
            required: &["issue", "author", "body"],
            output: comment(),
            call: |data, arguments| {
                find(&mut data.issues, "number", &arguments.value("issue"))?;
                let mut comment = json!({"id": data.comments.len() + 1, "issue": 0, "author": "", "body": "", "created_at": "2026-07-28"});
                let comment = arguments.applied(&mut comment, &["issue", "author", "body"]);
                data.comments.push(comment.clone());
                Ok(comment)
            },
        },
    ]
}
