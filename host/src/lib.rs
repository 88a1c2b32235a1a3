//! One MCP server in front of many: agents write code, only the result comes
//! back.

pub mod render;
pub mod results;
pub mod run;
