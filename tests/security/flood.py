"""A browser in bad hands, in a process of its own: it sends all at once, and reads nothing back."""

import asyncio
import json
import sys
from uuid import uuid4

from websockets.asyncio.client import connect

from tests.live_tabs import BOOT


async def flood(server: str, cookie: str, event: str, count: int, payload: str) -> None:
    place = {"pathname": "/factures", "asPath": "/factures"}
    address = f"ws://{server}/_event/?EIO=4&transport=websocket&token={uuid4()}"
    async with connect(address, additional_headers={"Cookie": cookie}, max_size=None) as socket:
        boot = {"event": {"name": BOOT, "payload": {}, "router_data": place}}
        await socket.send("40/_event," + json.dumps(boot))
        message = "42/_event," + json.dumps(
            ["event", {"name": event, "payload": json.loads(payload), "router_data": place}]
        )
        await socket.recv()
        print("begun", flush=True)
        for _ in range(count):
            await socket.send(message)
        print("sent", flush=True)
        await asyncio.sleep(60)


if __name__ == "__main__":
    asyncio.run(flood(*sys.argv[1:4], int(sys.argv[4]), sys.stdin.read()))
