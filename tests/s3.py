"""A real S3 server for the tests that want one, and its buckets."""

from collections.abc import Iterator

import httpx
import pytest
from moto.server import ThreadedMotoServer

ACCESS_KEY, SECRET_KEY = "portail", "secret"


@pytest.fixture(scope="module")
def s3() -> Iterator[str]:
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


def create_bucket(address: str, name: str) -> str:
    name = name.replace("_", "-").lower()[:60].strip("-")
    assert httpx.put(f"{address}/{name}").status_code == 200
    return name
