"""From a cookie to its viewer, without asking the database twice for what has not changed."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from http.cookies import CookieError, SimpleCookie

from portail_app.gateways.bulletin import Bulletin
from portail_app.reading import reading
from portail_app.services.sessions import SESSION_COOKIE, find_viewer
from portail_app.viewer import Viewer

KEPT_AT_MOST = 20_000
TRUSTED_FOR = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class _Known:
    viewer: Viewer
    until: datetime


class Viewers:
    """The sessions seen by this worker. Forgotten at once when the database says that one changed (`viewer_changed`);
    while the database is not heard, nothing is remembered."""

    def __init__(self) -> None:
        self._by_token: dict[str, _Known] = {}
        self._bulletin: Bulletin | None = None
        self._changes = 0

    def follow(self, bulletin: Bulletin) -> None:
        self._bulletin = bulletin
        bulletin.listen("viewer_changed", self.forget)

    def forget(self, account_id: str) -> None:
        """Forget one account's sessions, or all of them where `account_id` is empty."""
        self._changes += 1
        if account_id:
            stale = [t for t, known in self._by_token.items() if known.viewer.account_id == int(account_id)]
            for token in stale:
                del self._by_token[token]
        else:
            self._by_token.clear()

    async def find(self, cookie_header: str) -> Viewer:
        """The viewer of a `Cookie` header, nobody where there is none or its session has ended."""
        token = read_cookie(cookie_header, SESSION_COOKIE)
        if not token:
            return Viewer.nobody()
        now = datetime.now(UTC)
        known = self._by_token.get(token)
        if known is not None and now < known.until and self._hears():
            return known.viewer
        return await self._look_up(token, now)

    async def _look_up(self, token: str, now: datetime) -> Viewer:
        changes = self._changes
        async with reading(Viewer.system()) as reader:
            found = await find_viewer(reader, token, now)
        if found is None:
            self._by_token.pop(token, None)
            return Viewer.nobody()
        viewer, expires_at = found
        if self._hears() and changes == self._changes:
            self._remember(token, viewer, min(expires_at, now + TRUSTED_FOR))
        return viewer

    def _remember(self, token: str, viewer: Viewer, until: datetime) -> None:
        if len(self._by_token) >= KEPT_AT_MOST:
            self._by_token.clear()
        self._by_token[token] = _Known(viewer, until)

    def _hears(self) -> bool:
        return self._bulletin is not None and self._bulletin.is_heard


def has_session_cookie(cookie_header: str) -> bool:
    """Whether the browser holds one, good or ended."""
    return bool(read_cookie(cookie_header, SESSION_COOKIE))


@lru_cache(maxsize=4096)
def read_cookie(header: str, name: str) -> str:
    """One cookie's value out of a `Cookie` header, empty where it is missing or the header is not one."""
    try:
        morsel = SimpleCookie(header).get(name)
    except CookieError:
        return ""
    return morsel.value if morsel else ""


viewers = Viewers()
