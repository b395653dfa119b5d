"""Sending a reading: asked again when doubtful, once only, withdrawn until decided, never for somebody else."""

from dataclasses import replace
from datetime import date

import pytest

from models import Hold, PartyRole, SentReadingState
from portail_app.errors import Forbidden, Invalid, NotFound
from portail_app.reading import reader_of
from portail_app.services.contracts import find_tenure
from portail_app.services.reading_checks import SentDraft, check_reading
from portail_app.services.reading_sending import Doubtful
from portail_app.services.sent_readings import attach_photo, find_sent, list_sent, withdraw_reading
from portail_app.viewer import Viewer
from tests.factories import NOW, TODAY, create_account, link, sign_in
from tests.supplies import create_supply, read, send


@pytest.fixture
async def supply(session, alice):
    hers = await create_supply(session, alice)
    await read(session, hers.meter)
    return hers


async def test_a_reading_that_was_to_be_expected_waits_for_staff(session, alice, supply):
    sent = await send(session, alice, supply, comment=" Cave ")

    assert (sent.state, sent.index_litres, sent.read_on) == (SentReadingState.WAITING, 509_000, TODAY)
    assert (sent.meter_id, sent.sent_by, sent.comment, sent.doubt) == (supply.meter.id, alice.account_id, "Cave", "")


async def test_a_doubtful_one_is_asked_again_and_taken_once_confirmed(session, alice, supply):
    with pytest.raises(Doubtful) as doubtful:
        await send(session, alice, supply, 600)
    sent = await send(session, alice, supply, 600, confirmed=doubtful.value.sentence)

    assert sent.doubt == doubtful.value.sentence
    assert sent.state is SentReadingState.WAITING


async def test_confirming_one_doubt_does_not_confirm_another(session, alice, supply):
    with pytest.raises(Doubtful) as doubtful:
        await send(session, alice, supply, 600)
    with pytest.raises(Doubtful):
        await send(session, alice, supply, 900, confirmed=doubtful.value.sentence)


async def test_sending_the_same_twice_is_sending_it_once(session, alice, supply):
    first, again = await send(session, alice, supply), await send(session, alice, supply)

    assert first.id == again.id


async def test_another_one_waits_until_the_first_is_withdrawn(session, alice, supply):
    first = await send(session, alice, supply)
    with pytest.raises(Invalid, match="attend déjà"):
        await send(session, alice, supply, 510)
    await withdraw_reading(session, alice, first.id, NOW)
    await withdraw_reading(session, alice, first.id, NOW)
    second = await send(session, alice, supply, 510)

    assert first.state is SentReadingState.WITHDRAWN
    assert second.id != first.id


async def test_what_staff_have_decided_is_not_withdrawn_any_more(session, alice, supply):
    sent = await send(session, alice, supply)
    sent.accepted_at = NOW
    await session.flush()

    with pytest.raises(Invalid, match="le service a répondu"):
        await withdraw_reading(session, alice, sent.id, NOW)
    with pytest.raises(Invalid):
        await attach_photo(session, alice, sent.id, "0" * 64)


async def test_nobody_sends_withdraws_or_sees_for_somebody_else(session, alice, bruno, supply):
    sent = await send(session, alice, supply)

    for intruder in (bruno, Viewer.nobody()):
        with pytest.raises(NotFound):
            await send(session, intruder, supply)
        with pytest.raises(NotFound):
            await check_reading(
                await reader_of(session), intruder, supply.contract.number, SentDraft(1, TODAY), TODAY
            )  # fmt: skip
        with pytest.raises(NotFound):
            await withdraw_reading(session, intruder, sent.id, NOW)
        with pytest.raises(NotFound):
            await attach_photo(session, intruder, sent.id, "0" * 64)
        with pytest.raises(NotFound):
            await find_sent(session, intruder, sent.id)


async def test_staff_do_not_withdraw_for_a_subscriber(session, alice, chloe, supply):
    sent = await send(session, alice, supply)

    assert (await find_sent(session, chloe, sent.id)).id == sent.id
    with pytest.raises(NotFound):
        await withdraw_reading(session, chloe, sent.id, NOW)


@pytest.mark.parametrize(("hold", "may"), [(Hold.MAY_SEE, False), (Hold.MAY_PAY, True)])
async def test_a_delegate_who_may_only_see_does_not_send(session, cast, alice, supply, hold, may):
    account = await create_account(session, "delegue@example.fr")
    (subscriber_id,) = alice.subscriber_ids
    await link(session, account, type("Known", (), {"id": subscriber_id}), hold)
    delegate, _ = await sign_in(session, account)

    if may:
        assert (await send(session, delegate, supply)).state is SentReadingState.WAITING
    else:
        with pytest.raises(Forbidden, match="consulter"):
            await send(session, delegate, supply)


async def test_before_and_after_the_contract_it_was_not_hers_to_send(session, alice):
    left = await create_supply(session, alice, ended_on=date(2026, 6, 30))

    for day in (date(2021, 12, 31), date(2026, 7, 1)):
        with pytest.raises(Invalid, match="pas le vôtre"):
            await send(session, alice, left, read_on=day)


async def test_without_a_meter_in_service_there_is_nothing_to_send(session, alice):
    gone = await create_supply(session, alice, meter={"removed_on": date(2026, 1, 1), "removed_index_litres": 1})

    with pytest.raises(Invalid, match="Aucun compteur"):
        await send(session, alice, gone)


async def test_an_owner_does_not_send_for_the_tenant(session, alice):
    owned = await create_supply(session, alice, role=PartyRole.OWNER)

    with pytest.raises(NotFound):
        await send(session, alice, owned)


async def test_a_comment_has_its_length(session, alice, supply):
    with pytest.raises(Invalid) as refused:
        await send(session, alice, supply, comment="x" * 1001)
    assert refused.value.field == "comment"


async def test_she_sees_what_she_sent_and_the_other_account_does_not(session, alice, bruno, supply):
    await send(session, alice, supply)
    reader = await reader_of(session)
    tenure = await find_tenure(reader, alice, supply.contract.number)

    (shown,) = await list_sent(reader, alice, tenure)
    assert (shown.index_litres, shown.state, shown.has_photo) == (509_000, SentReadingState.WAITING, False)
    assert await list_sent(reader, replace(bruno, subscriber_ids=alice.subscriber_ids), tenure) == ()
