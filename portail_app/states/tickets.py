"""Where a proven person's browser goes to fetch its cookie, by a one-time ticket that is good for that browser only."""

from urllib.parse import urlencode

import reflex as rx

from portail_app.database import transaction
from portail_app.services.credentials import Credentials, confirm_credentials
from portail_app.services.tickets import BROWSER_COOKIE, write_ticket
from portail_app.states import tries
from portail_app.states.clock import now
from portail_app.states.viewers import read_cookie
from portail_app.viewer import Viewer


async def write_address(state: rx.State, proven: Credentials, email: str, back: str, *, remember: bool) -> str:
    """`back` is the page to go on to. Raises Invalid where the browser holds no cookie to bind the ticket to."""
    browser = read_cookie(state.router.headers.cookie, BROWSER_COOKIE)
    async with transaction(Viewer.system()) as session:
        await confirm_credentials(session, proven)
        await tries.forgive(session, email, state.router.session.client_ip)
        ticket = await write_ticket(session, proven.account_id, browser, remember, now())
    return "/session?" + urlencode({"ticket": ticket, "retour": back})
