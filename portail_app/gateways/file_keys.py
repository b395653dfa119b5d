"""How a private file is named in every store: by the SHA-256 of what it holds, never by what anyone called it."""

import re
from hashlib import sha256

_KEY = re.compile(r"[0-9a-f]{64}")


def key_of(content: bytes) -> str:
    return sha256(content).hexdigest()


def is_key(name: str) -> bool:
    return _KEY.fullmatch(name) is not None


def require_key(name: str) -> str:
    """The name itself. Raises ValueError for what could be a path, or anything but a key."""
    if not is_key(name):
        raise ValueError("not a key of the file store")
    return name
