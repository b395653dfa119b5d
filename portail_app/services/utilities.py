"""Utilities: what staff write about their own, and the list that they choose from."""

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from models import StaffRank, Utility
from portail_app.errors import Invalid, NotFound
from portail_app.services import audit
from portail_app.services.permissions import require_rank
from portail_app.viewer import Viewer

LONGEST_WELCOME = 4_000


async def list_staffed(session: AsyncSession, viewer: Viewer) -> list[Utility]:
    """Where the viewer has a role, by name."""
    own = select(Utility).where(col(Utility.id).in_(viewer.staffed_utility_ids)).order_by(col(Utility.name))
    return list((await session.exec(own)).all())


async def write_welcome_text(session: AsyncSession, viewer: Viewer, utility_id: int, markdown: str) -> None:
    """The explanation that is always on the home page, in Markdown; an empty one shows nothing."""
    require_rank(viewer, utility_id, StaffRank.MANAGER)
    if len(markdown) > LONGEST_WELCOME:
        raise Invalid(f"Le texte d’accueil ne peut pas dépasser {LONGEST_WELCOME} caractères.", field="welcome_text")
    utility = await session.get(Utility, utility_id, with_for_update={"key_share": True})
    if utility is None:
        raise NotFound("Collectivité")
    former, utility.welcome_text = utility.welcome_text, markdown.strip()
    if former != utility.welcome_text:
        audit.record(
            session, viewer, "Texte d’accueil modifié", utility.name, utility_id=utility_id, details={"avant": former}
        )
    await session.flush()
