"""Who asks over HTTP, and for which row."""

from starlette.requests import Request

from portail_app.errors import NotFound, NotSignedIn
from portail_app.states.urls import LARGEST_ID
from portail_app.states.viewers import viewers
from portail_app.viewer import Viewer


async def viewer_of(request: Request) -> Viewer:
    """Nobody, where no session is known: what they may read is the service's rule."""
    return await viewers.find(request.headers.get("cookie", ""))


async def signed_in(request: Request) -> Viewer:
    viewer = await viewer_of(request)
    if not viewer.is_signed_in:
        raise NotSignedIn
    return viewer


def id_of(request: Request, noun: str, name: str = "id") -> int:
    """PostgreSQL knows no larger one than LARGEST_ID."""
    asked = int(request.path_params[name])
    if asked > LARGEST_ID:
        raise NotFound(noun)
    return asked
