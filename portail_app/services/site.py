"""What every page of a utility's portal says: its name, its welcome, its notices, and whether payment is suspended."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from models import Notice, PaymentSuspension, Utility
from portail_app.formats import PARIS, instant
from portail_app.markdown import render
from portail_app.services import notice_board, suspensions
from portail_app.services.payability import SUSPENDED

COLOUR = re.compile("#[0-9a-fA-F]{6}")


@dataclass(frozen=True, slots=True)
class UtilityFacts:
    """One utility's rows: what holds now, and what will hold later without anybody doing anything."""

    utility: Utility
    suspensions: tuple[PaymentSuspension, ...]
    notices: tuple[Notice, ...]

    def changes(self) -> list[datetime]:
        """When what is shown changes by itself: a suspension ends, a notice begins or has had its last day."""
        ends = [held.until for held in self.suspensions if held.until is not None]
        begins = [_midnight(notice.starts_on) for notice in self.notices]
        gone = [_midnight(notice.ends_on + timedelta(days=1)) for notice in self.notices if notice.ends_on]
        return [*ends, *begins, *gone]


@dataclass(frozen=True, slots=True)
class ShownNotice:
    id: int
    title: str
    html: str
    is_important: bool


@dataclass(frozen=True, slots=True)
class Owner:
    """Whose portal it is."""

    name: str = ""
    portal_title: str = "Le portail des factures"
    accent: str = ""


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who looks, as the frame says it; `is_both` subscriber and staff."""

    name: str = ""
    is_both: bool = False


@dataclass(frozen=True, slots=True)
class Site:
    """What one audience is shown."""

    owner: Owner = Owner()
    welcome_html: str = ""
    suspension: str = ""
    suspended_utility_ids: tuple[int, ...] = ()
    notices: tuple[ShownNotice, ...] = ()


async def read_facts(
    session: AsyncSession, now: datetime, utility_ids: Iterable[int] | None = None
) -> dict[int, UtilityFacts]:
    """By utility; of all of them where `utility_ids` is None."""
    wanted = select(Utility) if utility_ids is None else select(Utility).where(col(Utility.id).in_(list(utility_ids)))
    utilities = (await session.exec(wanted)).all()
    held = await suspensions.list_current(session, now, utility_ids)
    written = await notice_board.list_from(session, _day(now), utility_ids)
    return {
        utility.id or 0: UtilityFacts(
            utility,
            tuple(suspension for suspension in held if suspension.utility_id == utility.id),
            tuple(notice for notice in written if notice.utility_id == utility.id),
        )
        for utility in utilities
    }


def compose(facts: Iterable[UtilityFacts], now: datetime, *, is_public: bool = False) -> Site:
    """What a viewer of these utilities is shown; before sign-in, only whose portal it is."""
    shown = sorted(facts, key=lambda one: one.utility.name)
    if not shown:
        return Site()
    first = shown[0].utility
    accent = first.accent if COLOUR.fullmatch(first.accent) else ""
    owner = Owner(", ".join(one.utility.name for one in shown), first.portal_title, accent)
    if is_public:
        return Site(owner)
    return Site(
        owner,
        "".join(render(one.utility.welcome_text) for one in shown),
        _banner(shown, now),
        tuple(one.utility.id or 0 for one in shown if _holding(one, now)),
        tuple(_shown(notice) for one in shown for notice in one.notices if notice.shows_on(_day(now))),
    )


def _banner(shown: list[UtilityFacts], now: datetime) -> str:
    """Which utility it is about is said where there are several."""
    said = []
    for facts in shown:
        for suspension in _holding(facts, now):
            owner = f"{facts.utility.name} : " if len(shown) > 1 else ""
            end = f" Reprise prévue le {instant(suspension.until)}." if suspension.until else ""
            said.append(f"{owner}{SUSPENDED} {_sentence(suspension.reason)}{end}")
    return " ".join(said)


def _holding(facts: UtilityFacts, now: datetime) -> list[PaymentSuspension]:
    return [suspension for suspension in facts.suspensions if suspension.holds_at(now)]


def _sentence(words: str) -> str:
    return words if words.endswith((".", "!", "?", "…")) else f"{words}."


def _shown(notice: Notice) -> ShownNotice:
    return ShownNotice(notice.id or 0, notice.title, render(notice.body), notice.is_important)


def _day(now: datetime) -> date:
    return now.astimezone(PARIS).date()


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, tzinfo=PARIS).astimezone(UTC)
