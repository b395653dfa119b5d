"""A PayFiP and a site that listens, and a file as it arrives, for the tests of this folder."""

from pathlib import Path

import pytest

from tests.payfip_server import payfip, payfip_for_all, site

__all__ = ["payfip", "payfip_for_all", "site"]


@pytest.fixture
def written(tmp_path: Path):
    def write(content: bytes) -> Path:
        path = tmp_path / "arrival"
        path.write_bytes(content)
        return path

    return write
