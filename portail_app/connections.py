"""How every connection to PostgreSQL is opened: what it may wait for, and how a dead one is noticed.

What `DATABASE_URL` itself says wins: `?options=-c statement_timeout=60s`, `&connect_timeout=20`.
"""

import select
from typing import Any

from psycopg import AsyncConnection, OperationalError
from psycopg.conninfo import conninfo_to_dict

NETWORK = {  # a machine that has vanished is noticed within half a minute, not after TCP's two hours
    "connect_timeout": 5,
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": 20_000,
}
LIMITS = (
    "-c statement_timeout=15s -c lock_timeout=10s"  # nobody waits longer for a page
    " -c idle_in_transaction_session_timeout=60s"  # longer than a mail server may take, which is 30 s
    " -c TimeZone=UTC"
)
READ_ONLY = "-c default_transaction_read_only=on"


def network_parameters(url: str) -> dict[str, Any]:
    """For connections that wait by trade: notifications, the queue of jobs."""
    return {**NETWORK, **{name: value for name, value in conninfo_to_dict(url).items() if name in NETWORK}}


def limited_parameters(url: str, options: str = "") -> dict[str, Any]:
    """For connections that serve people."""
    said = conninfo_to_dict(url).get("options") or ""
    return {**network_parameters(url), "options": f"{LIMITS} {options} {said}".strip()}


async def check_silence(connection: AsyncConnection) -> None:
    """Raises where the server has ended an idle connection. Costs no round trip: it says nothing on one, else."""
    ear = select.poll()
    ear.register(connection.fileno(), select.POLLIN)
    if ear.poll(0):
        await connection.close()  # or the pool, which has read nothing, would take it back and give it again
        raise OperationalError("The server has ended this connection.")
