"""Whom an account holds, when no session says it: a holder acts, a delegate sees or pays, for whom they hold alone."""

import pytest

from models import Account, AccountSubscriber, Hold
from portail_app.services.holds import holder_of, viewer_of
from tests.factories import save


@pytest.mark.parametrize(("hold", "may_act"), [(Hold.MAY_SEE, False), (Hold.MAY_PAY, True)])
async def test_a_delegate_sees_hers_and_acts_as_far_as_it_was_allowed(session, alice, bruno, hold, may_act):
    (hers,), (his,) = alice.subscriber_ids, bruno.subscriber_ids
    await save(session, AccountSubscriber(account_id=bruno.account_id, subscriber_id=hers, hold=hold))
    viewer = await viewer_of(session, await session.get_one(Account, bruno.account_id))
    assert viewer.subscriber_ids == {hers, his}
    assert (hers in viewer.payable_subscriber_ids, his in viewer.payable_subscriber_ids) == (may_act, True)


async def test_a_holder_acts_for_their_own_alone(session, alice, bruno):
    (hers,) = alice.subscriber_ids
    await save(session, AccountSubscriber(account_id=bruno.account_id, subscriber_id=hers, hold=Hold.MAY_PAY))
    viewer = await holder_of(session, await session.get_one(Account, bruno.account_id))
    assert viewer.subscriber_ids == viewer.payable_subscriber_ids == bruno.subscriber_ids
    assert (viewer.ranks, viewer.session_id) == ({}, None)
