"""Uses the catalogue as an assistant would, through a client that others use, in both ways to connect.

assistant.py PROGRAM CATALOGUE    the built leerwijzer and the folder of a catalogue
"""

import asyncio
import json
import sys

from mcp import Client, StdioServerParameters

program, catalogue = sys.argv[1:3]
server = StdioServerParameters(
    command=program,
    args=["mcp", "--catalog", catalogue, "--today", "2026-11-24", "--lang", "en"],
)
profile = {
    "audience": "worker",
    "home": {"place": "Houten"},
    "occupation": {"wanted": "boomverzorger"},
    "skills": {"has": ["snoeien"]},
}


def expect(holds, what):
    if not holds:
        sys.exit(f"assistant: {what}")


async def use(mode):
    async with Client(server, mode=mode) as client:
        tools = {tool.name: tool for tool in (await client.list_tools()).tools}
        expect(set(tools) == {"search", "show", "match", "path"}, f"tools: {set(tools)}")
        expect("profile" in tools["match"].input_schema["required"], "match wants a profile")

        async def call(name, **arguments):
            # The client holds what is structured against the schema of the tool.
            answer = await client.call_tool(name, arguments)
            expect(not answer.is_error, f"{name}: {answer.content}")
            expect(json.loads(answer.content[0].text) == answer.structured_content, name)
            return answer.structured_content

        found = await call("search", q="boomverzorging", near="Houten", within="40km", limit=3)
        expect(found["total"] > 0 and len(found["results"]) <= 3, "search finds")
        course = found["results"][0]["course"]
        shown = await call("show", id=course)
        expect(shown["course"]["id"] == course, "show tells what was found")
        matched = await call("match", profile=profile, limit=2, courses=True)
        expect(len(matched["results"]) == 2 and matched["results"][0]["reasons"], "match")
        paths = await call("path", profile=profile)
        expect(paths["paths"][0]["steps"], "path has steps")

        for name, arguments, words in [
            ("search", {"region": "Nergenshuizen"}, "region"),
            ("search", {"nonsense": "x"}, "nonsense"),
            ("show", {"id": "nothing:here"}, "no course"),
            ("match", {"profile": {"home": {"place": "Nergenshuizen"}}}, "Nergenshuizen"),
        ]:
            answer = await client.call_tool(name, arguments)
            expect(answer.is_error, f"{name} {arguments} is no error")
            expect(words in answer.content[0].text, answer.content[0].text)

        answers = await asyncio.gather(*(call("search", q=f"boom {n}") for n in range(8)))
        expect(len(answers) == 8, "calls that run together")
        if mode == "legacy":
            await client.send_ping()


for mode in ["legacy", "auto", "2026-07-28"]:
    asyncio.run(use(mode))
    print(f"assistant: {mode}: 4 tools used")
