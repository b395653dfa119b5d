"""The portal's routes behind their guard, as a browser reaches them."""

from collections.abc import AsyncIterator

import httpx
import pytest

from portail_app.http import http_app
from tests.http.client import open_browser


@pytest.fixture
async def portal() -> AsyncIterator[httpx.AsyncClient]:
    async with open_browser(http_app) as client:
        yield client
