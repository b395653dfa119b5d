"""How Reflex builds and serves the portal."""

import reflex as rx

from portail_app.serving.light import LightFrontEnd
from portail_app.serving.plugins import LockedPackages, OneAddress, OwnFunctions, SamePort
from portail_app.settings import settings

config = rx.Config(
    app_name="portail_app",
    api_url="http://localhost:8000",  # the page's own host and port once in a browser: portail_app/serving/plugins.py
    backend_port=settings().port,
    cors_allowed_origins=list(settings().origins),
    state_manager_mode=(
        rx.constants.StateManagerMode.REDIS if settings().redis_url else rx.constants.StateManagerMode.MEMORY
    ),
    redis_url=settings().redis_url,
    telemetry_enabled=False,
    show_built_with_reflex=False,
    frontend_compression_formats=["brotli", "gzip"],
    plugins=[SamePort(), OneAddress(), OwnFunctions(), LockedPackages(), LightFrontEnd()],
    disable_plugins=[rx.plugins.SitemapPlugin],
)
