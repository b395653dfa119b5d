"""The facts that every page shows: whose portal it is, whether payment is suspended, what staff tell everybody."""

import reflex as rx
from reflex.app import EventNamespace

from portail_app.services.site import Owner, ShownNotice, Visitor
from portail_app.states.access import public_event
from portail_app.states.broadcast import Broadcast
from portail_app.states.live_site import live_site
from portail_app.viewer import Viewer


class SiteState(rx.State):
    """The page is told these by the worker, at once for all its tabs. A tab's own state only keeps what it was told
    when it loaded, for the snapshot of a reconnection, and never sends it: it could be older than what is shown."""

    owner: Owner = Owner()
    welcome_html: str = ""
    suspension: str = ""
    suspended_utility_ids: tuple[int, ...] = ()
    notices: tuple[ShownNotice, ...] = ()
    viewer: Visitor = Visitor()

    @public_event
    async def load(self, viewer: Viewer) -> None:
        """First in the `on_load` of every page."""
        router = self.router
        shown = await live_site.show(router.session.session_id, viewer, router.headers.host)
        for name, value in shown.items():
            setattr(self, name, value)
        self._clean()  # type: ignore[no-untyped-call]  # Reflex would send it after what the worker tells meanwhile


def broadcast_over(namespace: EventNamespace) -> Broadcast:
    """Tells open pages what their site has become: every tab of the portal holds this state, and only this one is told
    of what the tab itself did not do."""
    return Broadcast(namespace, SiteState)
