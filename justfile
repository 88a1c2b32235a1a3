# What is done often. `.ci/run` runs the same commands.

# Without it the JavaScript runtime is compiled for the sandbox only
runtime := "--features retort-guest/runtime"

# Everything that must pass before a change lands
check: fmt clippy test programs doc deny

fmt:
    cargo fmt --all --check

clippy:
    cargo clippy --workspace --all-targets -- -D warnings
    cargo clippy --workspace --all-targets {{runtime}} -- -D warnings

test *args:
    cargo test --release --workspace {{runtime}} {{args}}

# Whatever is not a test is at least linked, the fuzz targets among it
programs:
    cargo build --release --workspace {{runtime}} --bins

doc:
    RUSTDOCFLAGS="-D warnings" cargo doc --workspace --no-deps {{runtime}}

deny:
    cargo deny check bans licenses sources

# Servers and clients by other people, which the integration tests drive
judges:
    npm ci --prefix tests/npm --ignore-scripts --no-audit --no-fund
    python3 -m venv "$HOME/.cache/retort-tests/venv"
    "$HOME/.cache/retort-tests/venv/bin/pip" install --quiet --requirement tests/python/requirements.txt

# Writes the transcripts of the script cases whose names contain `only`
bless only="":
    RETORT_BLESS=1 RETORT_CASES="{{only}}" cargo test --release -p retort-tests --test integration scripts_

# The guest alone, for a look at its size
guest:
    cargo build --profile guest -p retort-guest --features runtime --target wasm32-wasip1

demo:
    cargo run --release --bin retort -- demo

# What things cost, as a table, beside QuickJS
bench:
    cargo bench -p retort-tests --bench table

# How well search finds: both rankings on queries with known answers, below `data`;
# `--learn` adds what learning from use is worth
search-eval data *options:
    cargo run --release -p retort-tools --example search_eval -- --six {{data}} {{options}}

# The tools in a file of definitions as one declaration file; what is missing in it is counted
types tools detail="full":
    cargo run --release -p retort-tools --example types -- --tools {{tools}} --detail {{detail}}

# Needs a nightly toolchain and cargo-fuzz; targets: fuzz-contract, fuzz-snapshot, fuzz-typescript
fuzz target seconds="60":
    cargo +nightly fuzz run --fuzz-dir tests/fuzz {{target}} -- -max_total_time={{seconds}}
