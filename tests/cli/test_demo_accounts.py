"""`portail demo-accounts`: the cast of the demonstration can sign in."""

import asyncio
import os
import subprocess
import sys

import pytest

from portail_app.database import transaction
from portail_app.demo_data.passwords import CAST, PASSWORD
from portail_app.services.credentials import find_credentials
from portail_app.services.passwords import verify_password
from portail_app.viewer import Viewer

pytestmark = pytest.mark.usefixtures("town")


async def test_the_cast_can_sign_in_and_twice_changes_nothing():
    assert (await run(demo="1")).returncode == 0
    first = [await credentials_of(email) for email in CAST]
    again = await run(demo="1")

    assert again.returncode == 0
    assert "alice@example.fr" in again.stdout
    assert [await credentials_of(email) for email in CAST] == first
    assert await verify_password(first[0].argon2, PASSWORD)


async def test_outside_the_demonstration_it_is_refused():
    refused = await run(demo="")
    assert refused.returncode == 1
    assert "PORTAL_DEMO=1" in refused.stderr
    assert await credentials_of("alice@example.fr") is None


async def run(demo):
    command = [sys.executable, "-m", "portail_app.cli", "demo-accounts"]
    environment = {**os.environ, "PORTAL_DEMO": demo}
    return await asyncio.to_thread(subprocess.run, command, env=environment, capture_output=True, text=True)


async def credentials_of(email):
    async with transaction(Viewer.system()) as session:
        return await find_credentials(session, email)
