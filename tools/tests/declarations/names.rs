//! Servers and tools of any name beside what a compiler knows already.

use retort_tools::typescript::declaration_file;
use retort_tools::{Catalog, Detail, ServerListing, ServerState, ToolDefinition};
use serde_json::json;

use crate::compiler::compile;
use crate::{judge, scratch};

/// Names that mean something in some place of the language.
const WORDS: &str = "any as asserts async await bigint boolean constructor declare default \
    delete eval exports from get global globalThis infer is keyof let module namespace never \
    number object of out package readonly require satisfies set static string super symbol then \
    this type undefined unique unknown void yield __proto__ prototype toString valueOf \
    hasOwnProperty name length Promise Record Partial Array Object Symbol RetortServers \
    RetortTools fetch print stop open close console URL setTimeout tools emit results";

/// Names that are none, and what they might be mistaken for.
const ODD: [&str; 12] = [
    "",
    " ",
    "my-server",
    "my_server",
    "2fa",
    "ünïcødé",
    "日本語",
    "a/b.c",
    "*/ }",
    "\"\\\n\u{2028}",
    "${x}`",
    "😀",
];

/// The variables of the browser's library, as the compiler has it.
fn browser_variables() -> Result<Vec<String>, String> {
    let folder = judge::npm("@typescript")?;
    let package = std::fs::read_dir(folder).unwrap().next().unwrap().unwrap();
    let library = std::fs::read_to_string(package.path().join("lib/lib.dom.d.ts")).unwrap();
    let variables = library.lines().filter_map(|line| {
        let declared = line.strip_prefix("declare var ");
        let declared = declared.or(line.strip_prefix("declare const "))?;
        let name = declared
            .split(|c: char| !c.is_ascii_alphanumeric())
            .next()?;
        // Handlers and compound names are nobody's.
        let is_word = name.starts_with(|c: char| c.is_ascii_lowercase())
            || name.chars().skip(1).all(|c| c.is_ascii_lowercase());
        (is_word && !name.starts_with("on")).then(|| name.to_owned())
    });
    Ok(variables.collect())
}

#[test]
fn any_name_gets_on_with_the_language_and_the_browsers_library() {
    let mut names = match browser_variables() {
        Ok(names) => names,
        Err(why) => return judge::skip(&why),
    };
    assert!(names.len() > 80, "{names:?}");
    names.extend(WORDS.split_whitespace().chain(ODD).map(str::to_owned));
    let tools: Vec<ToolDefinition> = names
        .iter()
        .filter_map(|name| {
            ToolDefinition::from_json(&json!({"name": name, "inputSchema": {}})).ok()
        })
        .collect();
    let listings = names.iter().map(|name| ServerListing {
        name: name.clone(),
        state: ServerState::Ready,
        instructions: None,
        tools: tools.clone(),
    });
    let catalog = Catalog::new(listings.collect());
    let mut text = declaration_file(catalog.servers(), Detail::Signature).text;
    // Every raw name works, but `then`, which would make a promise of a namespace.
    for server in names.iter().filter(|name| *name != "then") {
        for tool in tools.iter().filter(|tool| tool.name != "then") {
            let (server, tool) = (json!(server), json!(tool.name));
            text.push_str(&format!("tools[{server}][{tool}]();\n"));
        }
    }
    let folder = scratch("names");
    std::fs::write(folder.join("names.ts"), text).unwrap();
    match compile(&folder, &["--strict", "--types", "", "names.ts"]) {
        Ok(complaints) => assert_eq!(complaints, []),
        Err(why) => judge::skip(&why),
    }
}
