"""The pages that were prerendered, at the address that people type: `/factures`, without a detour by `/factures/`."""

from collections.abc import Iterable
from pathlib import Path

from reflex.utils.prerequisites import get_web_dir
from reflex_base.constants import Dirs
from starlette.types import ASGIApp, Receive, Scope, Send


class Pages:
    """ASGI middleware. The file server redirects a folder's name to itself with a slash: on a telephone, that is one
    journey more before the first page shows."""

    def __init__(self, app: ASGIApp, prerendered: Iterable[str] | None = None) -> None:
        self._app = app
        self._prerendered = frozenset(_find_prerendered() if prerendered is None else prerendered)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["path"] in self._prerendered:
            scope = {**scope, "path": f"{scope['path']}/"}
        await self._app(scope, receive, send)


def _find_prerendered() -> list[str]:
    """The paths of the built front end that are folders with a page, none where it is not built."""
    root = Path(get_web_dir()) / Dirs.STATIC
    return [f"/{page.parent.relative_to(root)}" for page in root.rglob("*/index.html")]
