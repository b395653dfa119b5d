"""The reference of `suspend_push`: python-socketio by itself; it says to everybody what one socket asks it to."""

import os
from typing import Any

import socketio
import uvicorn

NAMESPACE = "/_event"
server = socketio.AsyncServer(async_mode="asgi", cors_allowed_origins="*", allow_upgrades=False)


@server.event(namespace=NAMESPACE)
async def connect(sid: str, environ: dict[str, Any], auth: Any = None) -> None:
    await server.enter_room(sid, "everybody", namespace=NAMESPACE)


@server.event(namespace=NAMESPACE)
async def say(sid: str, words: Any) -> None:
    await server.emit("event", words, room="everybody", namespace=NAMESPACE)


async def answer_ping(scope: Any, receive: Any, send: Any) -> None:
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": b""})


if __name__ == "__main__":
    app = socketio.ASGIApp(server, answer_ping, socketio_path="_event")
    uvicorn.run(app, host="127.0.0.1", port=int(os.environ["PORT"]), ws="websockets", log_level="warning")
