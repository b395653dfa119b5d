"""What staff decide, at the edges: how long a reason is, of which alerts the subscriber is told, what is remembered."""

from datetime import timedelta

import pytest
from sqlmodel import select

from models import AuditEntry, LeakKind, LeakState, Mail
from portail_app.errors import Invalid
from portail_app.services.leaks.decisions import LONGEST_REASON, accept_leak, close_leak, refuse_leak
from tests.dwellings import Dwelling, create_dwelling
from tests.factories import NOW, TODAY
from tests.services.leaks.places import join, tell

LATER = NOW + timedelta(days=3)


@pytest.fixture
async def home(session, cast, alice) -> Dwelling:
    return await create_dwelling(session, cast.utility, alice)


async def told(session) -> list[str]:
    return list((await session.exec(select(Mail.recipient).order_by(Mail.recipient))).all())


@pytest.mark.parametrize("decide", [refuse_leak, close_leak])
@pytest.mark.parametrize("reason", ["", " \n", "x" * (LONGEST_REASON + 1)])
async def test_a_refusal_says_why_and_not_at_length(session, chloe, home, decide, reason):
    alert = await tell(session, home)

    with pytest.raises(Invalid) as refused:
        await decide(session, chloe, alert.id, reason, LATER, TODAY)

    assert (refused.value.field, alert.state, alert.reason) == ("reason", LeakState.AWAITED, "")


@pytest.mark.parametrize("decide", [refuse_leak, close_leak])
async def test_a_reason_of_500_characters_is_kept_without_the_blanks_around_it(session, chloe, home, decide):
    alert = await tell(session, home)

    await decide(session, chloe, alert.id, "x" * (LONGEST_REASON - 1) + " ", LATER, TODAY)

    assert alert.reason == "x" * (LONGEST_REASON - 1)
    assert (alert.is_decided, alert.decided_by) == (True, chloe.account_id)


async def test_who_pays_and_who_lives_there_are_both_told_of_a_decision_once(session, alice, bruno, chloe, home):
    await join(session, home, bruno)
    alert = await tell(session, home)

    await refuse_leak(session, chloe, alert.id, "Chauffe-eau.", LATER, TODAY)

    assert await told(session) == ["alice@example.fr", "bruno@example.fr"]


@pytest.mark.parametrize("kind", [LeakKind.CONTINUOUS, LeakKind.EMPTY_HOME, LeakKind.THRESHOLD])
async def test_a_warning_that_is_closed_is_not_told_a_second_time(session, chloe, home, kind):
    alert = await tell(session, home, kind=kind, mean_litres=None)

    await close_leak(session, chloe, alert.id, "Arrosage du stade.", LATER, TODAY)

    assert alert.state is LeakState.CLOSED
    assert await told(session) == []


@pytest.mark.parametrize(
    ("decide", "reason", "done", "action"),
    [
        (accept_leak, [], "accepted_at", "Écrêtement accordé"),
        (refuse_leak, ["Chauffe-eau."], "refused_at", "Écrêtement refusé"),
        (close_leak, ["Erreur."], "closed_at", "Alerte fuite classée"),
    ],
)
async def test_the_journal_says_who_decided_what_of_which_contract_and_why(
    session, chloe, home, decide, reason, done, action
):
    alert = await tell(session, home, certified_at=NOW)

    await decide(session, chloe, alert.id, *reason, LATER, TODAY)

    entry = (await session.exec(select(AuditEntry).where(AuditEntry.action == action))).one()
    assert (entry.subject, entry.account_id, entry.utility_id) == (
        f"Dossier {alert.id}",
        chloe.account_id,
        home.contract.utility_id,
    )
    assert entry.details == {"motif": "".join(reason), "contrat": home.contract.number}
    assert getattr(alert, done) == LATER


@pytest.mark.parametrize("done", ["accepted_at", "refused_at", "closed_at"])
async def test_whatever_was_decided_nothing_is_decided_again_and_nobody_is_told_twice(session, chloe, home, done):
    alert = await tell(session, home, certified_at=NOW, **{done: NOW})

    for again in (
        accept_leak(session, chloe, alert.id, LATER, TODAY),
        refuse_leak(session, chloe, alert.id, "Non.", LATER, TODAY),
        close_leak(session, chloe, alert.id, "Non.", LATER, TODAY),
    ):
        with pytest.raises(Invalid, match="déjà décidé"):
            await again
    assert (getattr(alert, done), alert.reason) == (NOW, "")
    assert await told(session) == []
