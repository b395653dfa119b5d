"""Alice and Bruno, neighbours who are billed by the same utility; Chloé, who works there."""

from dataclasses import dataclass

from sqlmodel.ext.asyncio.session import AsyncSession

from models import Utility
from portail_app.viewer import Viewer
from tests import factories


@dataclass(frozen=True)
class Person:
    """A viewer and the cookie header that their browser sends."""

    viewer: Viewer
    token: str

    @property
    def cookie(self) -> str:
        return f"portail_session={self.token}"


@dataclass(frozen=True)
class Cast:
    utility: Utility
    alice: Person
    bruno: Person
    chloe: Person


async def create_cast(session: AsyncSession) -> Cast:
    utility = await factories.create_utility(session, name="Régie des eaux de Clermont-sur-Lys")
    return Cast(
        utility=utility,
        alice=await _subscriber(session, utility, "alice@example.fr", "Alice Martin"),
        bruno=await _subscriber(session, utility, "bruno@example.fr", "Bruno Petit"),
        chloe=await _staff(session, utility, "chloe@example.fr", "Chloé Durand"),
    )


async def _subscriber(session: AsyncSession, utility: Utility, email: str, name: str) -> Person:
    subscriber = await factories.create_subscriber(session, utility, email=email, name=name)
    account = await factories.create_account(session, email, name=name)
    await factories.link(session, account, subscriber)
    return Person(*await factories.sign_in(session, account))


async def _staff(session: AsyncSession, utility: Utility, email: str, name: str) -> Person:
    account = await factories.create_account(session, email, name=name)
    await factories.appoint(session, account, utility)
    return Person(*await factories.sign_in(session, account))
