"""Who asks, over HTTP: found from the session's cookie, as on the websocket."""

from starlette.requests import Request

from portail_app.errors import NotSignedIn
from portail_app.states.viewers import viewers
from portail_app.viewer import Viewer


async def visitor_of(request: Request) -> Viewer:
    """Nobody, too, is a viewer."""
    return await viewers.find(request.headers.get("cookie", ""))


async def signed_in(request: Request) -> Viewer:
    """Raises NotSignedIn."""
    viewer = await visitor_of(request)
    if not viewer.is_signed_in:
        raise NotSignedIn
    return viewer
