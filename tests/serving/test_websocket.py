"""The websocket of an open page, over a real connection."""

import asyncio
import zlib
from contextlib import asynccontextmanager

import pytest
import uvicorn
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed
from websockets.frames import Frame, Opcode

from portail_app.serving.websocket import SMALL, LargeMessages, PageSocket

ROWS = '{"number": "2017-020-002059", "amount_cents": 24311}' * 200


async def echo(scope, receive, send):
    assert scope["type"] == "websocket"
    await receive()
    await send({"type": "websocket.accept"})
    while (message := await receive())["type"] == "websocket.receive":
        await send({"type": "websocket.send", "text": message["text"]})


@asynccontextmanager
async def served(**options):
    config = uvicorn.Config(echo, port=0, ws=PageSocket, lifespan="off", log_level="warning", **options)
    server = uvicorn.Server(config)
    running = asyncio.create_task(server.serve())
    while not server.started:
        await asyncio.sleep(0.01)
    yield f"ws://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    server.should_exit = True
    await running


def extension(*, small=False):
    _, agreed = LargeMessages(True, True, 12, 12).process_request_params([("client_max_window_bits", None)], [])
    text = b"a" * (SMALL - 1 if small else SMALL)
    return agreed, Frame(Opcode.TEXT, text)


async def test_messages_great_and_small_come_back_whole_one_after_the_other():
    async with served() as url, connect(url) as socket:
        for sent in ("3", ROWS, "é" * SMALL, "", ROWS, "2"):
            await socket.send(sent)
            assert await socket.recv() == sent


async def test_no_window_is_kept_between_two_messages_on_either_side():
    async with served() as url, connect(url) as socket:
        agreed = socket.response.headers["Sec-WebSocket-Extensions"]

    assert "server_no_context_takeover" in agreed
    assert "client_no_context_takeover" in agreed


async def test_a_browser_without_compression_is_served_without():
    async with served() as url, connect(url, compression=None) as socket:
        await socket.send(ROWS)

        assert await socket.recv() == ROWS
        assert "Sec-WebSocket-Extensions" not in socket.response.headers


async def test_compression_can_be_switched_off():
    async with served(ws_per_message_deflate=False) as url, connect(url) as socket:
        assert "Sec-WebSocket-Extensions" not in socket.response.headers


async def test_what_is_too_large_once_inflated_closes_the_connection():
    async with served(ws_max_size=1000) as url, connect(url) as socket:
        await socket.send("a" * 1_000_000)
        with pytest.raises(ConnectionClosed, match="1009"):
            await socket.recv()


def test_large_messages_are_compressed_and_keep_nothing():
    agreed, frame = extension()
    sent = agreed.encode(frame)

    assert sent.rsv1
    assert len(sent.data) < len(frame.data) / 10
    assert not hasattr(agreed, "encoder")


def test_small_messages_go_as_they_are():
    agreed, frame = extension(small=True)

    assert agreed.encode(frame) is frame


def test_a_message_in_pieces_is_compressed_as_a_whole():
    agreed, _ = extension()
    first = agreed.encode(Frame(Opcode.TEXT, b"a", fin=False))
    last = agreed.encode(Frame(Opcode.CONT, b"b", fin=True))

    assert first.rsv1
    assert zlib.decompressobj(wbits=-12).decompress(bytes(first.data) + bytes(last.data)) == b"ab"
