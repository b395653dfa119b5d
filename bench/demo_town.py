"""The people of a benchmark: one utility, subscribers who are signed in, and somebody of its staff."""

from datetime import UTC, datetime

from portail_app.database import transaction
from portail_app.services.suspensions import suspend_payments
from portail_app.viewer import Viewer
from tests import factories


async def found_town(people: int) -> tuple[int, Viewer, list[str]]:
    """The utility's id, the staff member, and a `Cookie` header for each subscriber."""
    async with transaction(Viewer.system()) as session:
        utility = await factories.create_utility(session, name="Régie des eaux de Clermont-sur-Lys")
        account = await factories.create_account(session, "chloe@example.fr", name="Chloé Durand")
        await factories.appoint(session, account, utility)
        staff, _ = await factories.sign_in(session, account)
        cookies = []
        for number in range(people):
            account = await factories.create_account(session, f"abonne{number}@example.fr")
            await factories.link(session, account, await factories.create_subscriber(session, utility))
            _, token = await factories.sign_in(session, account)
            cookies.append(f"portail_session={token}")
        assert utility.id is not None
        return utility.id, staff, cookies


async def suspend(staff: Viewer, utility_id: int, reason: str) -> None:
    async with transaction(staff) as session:
        await suspend_payments(session, staff, utility_id, reason, None, datetime.now(UTC))
