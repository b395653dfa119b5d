"""A leak's state follows from what was received and decided; who decided and where its files are, no page knows."""

from datetime import date

import pytest
from sqlalchemy.exc import IntegrityError

from models import LeakAlert, LeakCertificate, LeakKind, LeakState, LeakWatch
from tests.dwellings import create_dwelling
from tests.factories import NOW, save


@pytest.mark.parametrize(
    ("done", "state", "is_decided"),
    [
        ((), LeakState.AWAITED, False),
        (("certified_at",), LeakState.RECEIVED, False),
        (("certified_at", "accepted_at"), LeakState.ACCEPTED, True),
        (("certified_at", "refused_at"), LeakState.REFUSED, True),
        (("refused_at",), LeakState.REFUSED, True),
        (("closed_at",), LeakState.CLOSED, True),
        (("certified_at", "closed_at"), LeakState.CLOSED, True),
    ],
)
def test_the_state_of_a_file_follows_from_what_was_done(done, state, is_decided):
    alert = LeakAlert(**dict.fromkeys(done, NOW))

    assert (alert.state, alert.is_decided) == (state, is_decided)
    assert (alert.model_dump()["state"], alert.model_dump()["is_decided"]) == (state, is_decided)


@pytest.mark.parametrize(
    ("row", "hidden"),
    [
        (LeakAlert(decided_by=7), {"decided_by"}),
        (LeakCertificate(file_key="0" * 64, sent_by=7), {"file_key", "sent_by"}),
        (LeakWatch(changed_by=7), {"changed_by"}),
    ],
    ids=lambda value: type(value).__name__,
)
def test_neither_who_acted_nor_where_a_file_is_goes_to_a_page(row, hidden):
    assert not hidden & row.model_dump().keys()


async def test_a_period_is_told_once_for_each_kind(session, cast):
    home = await create_dwelling(session, cast.utility)
    for kind in LeakKind:
        await save(session, alert_at(home, kind))

    with pytest.raises(IntegrityError, match="uq_leak_alert_contract_id_kind_period_start"):
        await save(session, alert_at(home, LeakKind.VOLUME, period_end=date(2026, 12, 31)))


def alert_at(home, kind: LeakKind, **values) -> LeakAlert:
    period = {"period_start": date(2026, 4, 1), "period_end": date(2026, 9, 30), "answer_until": date(2026, 12, 22)}
    place = {"utility_id": home.contract.utility_id, "contract_id": home.contract.id}
    return LeakAlert(kind=kind, litres=1, recorded_at=NOW, **{**period, **place, **values})
