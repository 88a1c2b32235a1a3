// The TypeScript SDK's client: lists the tools, runs a script, prints both as JSON.
// Usage: node client.mjs SCRIPT COMMAND ARGUMENTS…
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StdioClientTransport } from "@modelcontextprotocol/sdk/client/stdio.js";

const [script, command, ...args] = process.argv.slice(2);
const client = new Client({ name: "typescript-sdk", version: "1.0.0" });
await client.connect(new StdioClientTransport({ command, args, stderr: "inherit" }));
const { tools } = await client.listTools();
const result = await client.callTool({ name: "execute_code", arguments: { code: script } });
console.log(JSON.stringify({ tools: tools.map((tool) => tool.name), content: result.content }));
await client.close();
