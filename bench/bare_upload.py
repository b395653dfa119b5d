"""The reference of what `bench.documents` sends: uvicorn alone reads the body and writes it to a file, nothing more."""

import os
from tempfile import TemporaryFile
from typing import Any

import uvicorn


async def app(scope: Any, receive: Any, send: Any) -> None:
    if scope["type"] != "http":
        return
    with TemporaryFile(dir=os.environ["BARE_FOLDER"]) as file:
        more = True
        while more:
            message = await receive()
            file.write(message.get("body", b""))
            more = message.get("more_body", False)
    await send({"type": "http.response.start", "status": 201, "headers": [(b"content-length", b"0")]})
    await send({"type": "http.response.body", "body": b""})


if __name__ == "__main__":
    uvicorn.run(app, host="127.0.0.1", port=int(os.environ["PORT"]), lifespan="off", log_level="warning")
