"""The Python SDK's client: lists the tools, runs a script, prints both as JSON.

Usage: python client.py MODE SCRIPT COMMAND ARGUMENTS…  (MODE: legacy, auto)
"""

import json
import sys

import anyio
from mcp.client.client import Client
from mcp.client.stdio import StdioServerParameters, stdio_client


async def main() -> None:
    mode, script, command, *args = sys.argv[1:]
    server = stdio_client(StdioServerParameters(command=command, args=args))
    async with Client(server, mode=mode) as client:
        tools = await client.list_tools()
        result = await client.call_tool("execute_code", {"code": script})
        content = [block.model_dump(mode="json", by_alias=True, exclude_none=True) for block in result.content]
        print(json.dumps({"tools": [tool.name for tool in tools.tools], "content": content}))


anyio.run(main)
