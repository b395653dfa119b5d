"""What must not go through the websocket: the session's cookie, files, the way to PayFiP and back, and what every
HTTP answer carries.

`api_transformers` is what `rx.App(api_transformer=...)` takes: our routes first, then our guard around everything.
"""

from importlib import import_module
from pkgutil import iter_modules

from starlette.applications import Starlette
from starlette.routing import BaseRoute

from portail_app.errors import Refusal
from portail_app.http.guard import Guard
from portail_app.http.pages import Pages
from portail_app.http.refusals import apologise, refuse


def _routes() -> list[BaseRoute]:
    """Those of each module here that has some: a new one is served the day it is written."""
    modules = [import_module(f"{__name__}.{found.name}") for found in iter_modules(__path__)]
    return [route for module in modules for route in getattr(module, "routes", ())]


http_app = Starlette(routes=_routes(), exception_handlers={Refusal: refuse, Exception: apologise})
api_transformers = (Pages, http_app, Guard)

__all__ = ["api_transformers", "http_app"]
