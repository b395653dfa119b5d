"""A lighter bundle: measured on the wire, a first visit of the sign-in page goes from 167 KB to under 150."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from reflex.plugins import Plugin

VITE_CONFIG = "vite.config.js"
SOURCE = Path(__file__).parent / "stand_ins"
FOLDER = Path("portal")
STAND_INS = {
    r"/^@emotion\/react$/": "emotion.js",  # 7.4 KB
    r"/^universal-cookie$/": "cookies.js",  # 1.8 KB
    r"/^\.\/transports\/index\.js$/": "transports.js",  # 1.1 KB; only engine.io-client imports by this name
    r"/^\.\/transports\/polling-xhr(\.node)?\.js$/": "polling.js",  # 0.7 KB; the same
    r"/^mergician$/": "merge.js",  # 1.1 KB
    r"/^(\.\.\/router|\.)\/instrumentation\.js$/": "instrumentation.js",  # 1.2 KB; only react-router, as the next
    r"/^(\.|\.\.\/dom\/ssr|\.\/lib\/dom\/ssr)\/fog-of-war\.js$/": "discovery.js",  # 0.9 KB
}
ALIASES = "    alias: ["
GROUPS = "          groups: ["
# One chunk for what every page needs: 2.7 KB less by compressing together, and five requests less. Plotly, which is
# larger than all of it, stays with the page that draws a graph.
FRAMEWORK = (
    r"{ name: 'framework', test: /node_modules.(?!(react-)?plotly)|"
    r"\.web.(utils|portal|public.behaviour|env\.json)/ },"
)


class LightFrontEnd(Plugin):
    """Puts small modules in the place of libraries that the portal does not use, and joins the common chunks."""

    def get_static_assets(self, **context: Any) -> Sequence[tuple[Path, str]]:
        return [(FOLDER / name, (SOURCE / name).read_text()) for name in STAND_INS.values()]

    def pre_compile(self, **context: Any) -> None:
        context["add_modify_task"](VITE_CONFIG, lighten)


def lighten(vite_config: str) -> str:
    """The Vite configuration with our aliases and our chunk; raises where Reflex's no longer has their place."""
    aliased = _insert_after(ALIASES, "\n".join(map(_alias, STAND_INS.items())), vite_config)
    return _insert_after(GROUPS, FRAMEWORK, aliased)


def _alias(stand_in: tuple[str, str]) -> str:
    pattern, name = stand_in
    return f"{{ find: {pattern}, replacement: fileURLToPath(new URL('./{FOLDER}/{name}', import.meta.url)) }},"


def _insert_after(place: str, addition: str, text: str) -> str:
    if text.count(place) != 1:
        raise RuntimeError(f"Reflex's {VITE_CONFIG} has changed: {place.strip()!r} is not there once ({__name__}).")
    return text.replace(place, f"{place}\n{addition}")
