"""A server that answers exactly the bytes it is told to, however hostile."""

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

Script = Callable[[socket.socket], None]


@contextmanager
def serve_raw(script: Script) -> Iterator[str]:
    """Runs the script on each connection once its request is read; gives the address."""
    listener = socket.create_server(("127.0.0.1", 0))
    threading.Thread(target=_accept, args=(listener, script), daemon=True).start()
    yield f"http://127.0.0.1:{listener.getsockname()[1]}/services/securite"
    listener.close()


def answer(body: bytes, *, status: int = 200, kind: str = "text/xml", headers: str = "", declared: int = -1) -> Script:
    """One whole answer; `declared` is a Content-Length that may lie."""
    length = len(body) if declared < 0 else declared
    head = (
        f"HTTP/1.1 {status} X\r\nContent-Type: {kind}\r\nContent-Length: {length}\r\nConnection: close\r\n{headers}\r\n"
    )
    return lambda connection: connection.sendall(head.encode() + body)


def drip(body: bytes, pause: float) -> Script:
    """One byte at a time: no single read is ever late."""

    def script(connection: socket.socket) -> None:
        connection.sendall(f"HTTP/1.1 200 X\r\nContent-Type: text/xml\r\nContent-Length: {len(body)}\r\n\r\n".encode())
        for byte in body:
            connection.sendall(bytes([byte]))
            time.sleep(pause)

    return script


def endless(chunk: bytes, times: int, sent: list[int]) -> Script:
    """A chunked body; `sent` counts what the client let through."""

    def script(connection: socket.socket) -> None:
        connection.sendall(b"HTTP/1.1 200 X\r\nContent-Type: text/xml\r\nTransfer-Encoding: chunked\r\n\r\n")
        for _ in range(times):
            connection.sendall(f"{len(chunk):x}\r\n".encode() + chunk + b"\r\n")
            sent.append(len(chunk))

    return script


def _accept(listener: socket.socket, script: Script) -> None:
    while True:
        try:
            connection, _ = listener.accept()
        except OSError:
            return
        threading.Thread(target=_talk, args=(connection, script), daemon=True).start()


def _talk(connection: socket.socket, script: Script) -> None:
    with connection:
        try:
            _read_request(connection)
            script(connection)
        except OSError:  # the client has had enough
            return


def _read_request(connection: socket.socket) -> None:
    received = b""
    while b"\r\n\r\n" not in received:
        received += connection.recv(65_536)
    head, _, body = received.partition(b"\r\n\r\n")
    lengths = [line.partition(b":")[2] for line in head.split(b"\r\n") if line.lower().startswith(b"content-length")]
    while len(body) < int(lengths[0] if lengths else 0):
        body += connection.recv(65_536)
