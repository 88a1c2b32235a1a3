use super::*;

fn store(values: usize, bytes: usize) -> ResultStore {
    ResultStore::new(StoreLimits {
        values,
        bytes,
        value_bytes: bytes / 2,
    })
}

/// What `get` says, value or message.
fn get(store: &ResultStore, id: &str) -> String {
    match store.get(id) {
        Ok(value) => value.to_string(),
        Err(error) => error.to_string(),
    }
}

#[test]
fn ids_count_from_one_and_give_the_value_back() {
    let store = ResultStore::default();
    assert_eq!(store.put("[1]").unwrap().to_string(), "r1");
    assert_eq!(store.put("[2]").unwrap().to_string(), "r2");
    assert_eq!(get(&store, "r1"), "[1]");
    assert_eq!(get(&store, "r2"), "[2]");
}

#[test]
fn the_oldest_go_when_there_are_too_many() {
    let store = store(2, 1000);
    for value in ["1", "2", "3"] {
        store.put(value).unwrap();
    }
    insta::assert_snapshot!(get(&store, "r1"), @"result `r1` is no longer kept; kept are `r2` to `r3`");
    assert_eq!(get(&store, "r2"), "2");
    assert_eq!(get(&store, "r3"), "3");
}

#[test]
fn the_oldest_go_when_they_are_too_large_together() {
    let store = store(10, 20);
    for _ in 0..3 {
        store.put("\"12345678\"").unwrap();
    }
    assert!(store.get("r1").is_err());
    assert!(store.get("r2").is_ok());
    assert!(store.get("r3").is_ok());
}

#[test]
fn what_no_script_could_load_is_not_kept() {
    let store = store(10, 20);
    assert_eq!(store.put("\"1234567890\""), None);
    insta::assert_snapshot!(get(&store, "r1"), @"there is no result `r1`; nothing is kept");
}

#[test]
fn wrong_ids_are_told_what_there_is() {
    let store = store(10, 100);
    store.put("1").unwrap();
    insta::assert_snapshot!(get(&store, "r2"), @"there is no result `r2`; kept is `r1`");
    insta::assert_snapshot!(get(&store, "r0"), @"there is no result `r0`; kept is `r1`");
    insta::assert_snapshot!(get(&store, "r-1"), @"`r-1` is no result id; ids look like `r1`");
    insta::assert_snapshot!(get(&store, "r"), @"`r` is no result id; ids look like `r1`");
    insta::assert_snapshot!(get(&store, "latest"), @"`latest` is no result id; ids look like `r1`");
    insta::assert_snapshot!(get(&store, "r99999999999999999999999"), @"`r99999999999999999999999` is no result id; ids look like `r1`");
}
