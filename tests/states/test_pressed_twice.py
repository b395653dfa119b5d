"""A button that is pressed twice, or on a page that has grown old: the same as once, or a refusal in words."""

import asyncio
from datetime import timedelta

import pytest
from sqlmodel import select

from models import Notice, PaperChoice, PaymentSuspension, ReadingCampaign, Request, RequestStatus
from portail_app.database import transaction
from portail_app.errors import NotFound, Refusal
from portail_app.services.notices import publish_notice
from portail_app.states.campaigns import CampaignsState
from portail_app.states.clock import now, today
from portail_app.states.delegates import DelegatesState
from portail_app.states.deposits import DepositsState
from portail_app.states.home import HomeState
from portail_app.states.notices import NoticesState
from portail_app.states.personal_data import PersonalDataState
from portail_app.states.request import RequestState
from portail_app.states.sessions import SessionsState
from portail_app.states.suspensions import SuspensionsState
from portail_app.viewer import Viewer
from tests.documents import folder_of, sent
from tests.dwellings import create_dwelling
from tests.factories import draft_notice, send_request
from tests.tabs import open_tab


async def test_paper_that_is_stopped_twice_leaves_one_proof(town):
    (subscriber_id,) = town.alice.viewer.subscriber_ids
    tab = await opened(PersonalDataState, town.alice)
    await tab.ask_paperless(subscriber_id=subscriber_id)
    await tab.confirm_paperless()
    await tab.confirm_paperless()

    assert [choice.wants_paper for choice in await rows(PaperChoice)] == [False]
    assert tab.asked_id == 0


async def test_a_confirmation_for_a_neighbour_is_refused_and_does_not_stay_open(town):
    (neighbour,) = town.bruno.viewer.subscriber_ids
    tab = await opened(PersonalDataState, town.alice)
    await tab.ask_paperless(subscriber_id=neighbour)
    with pytest.raises(NotFound):
        await tab.confirm_paperless()

    assert (tab.asked_id, tab.done, await rows(PaperChoice)) == (0, "", [])


async def test_a_notice_that_is_closed_twice_is_closed(town):
    async with transaction(town.chloe.viewer) as session:
        notice = await publish_notice(session, town.chloe.viewer, draft_notice(town.utility), now())
    tab = await opened(HomeState, town.alice)
    await tab.close_notice(notice_id=notice.id)
    await tab.close_notice(notice_id=notice.id)

    assert (await opened(HomeState, town.alice)).home.closed_notice_ids == (notice.id,)


async def test_a_notice_that_two_agents_withdraw_keeps_the_hour_of_the_first(town):
    async with transaction(town.chloe.viewer) as session:
        notice = await publish_notice(session, town.chloe.viewer, draft_notice(town.utility), now())
    first, second = [await opened(NoticesState, town.chloe) for _ in range(2)]
    await first.withdraw(notice_id=notice.id)
    (withdrawn,) = await rows(Notice)
    await second.withdraw(notice_id=notice.id)

    assert [one.withdrawn_at for one in await rows(Notice)] == [withdrawn.withdrawn_at]
    assert second.notices[0].withdrawn_at is not None


async def test_payment_that_two_agents_resume_is_open_and_its_history_says_it_once(town):
    first, second = [await opened(SuspensionsState, town.chloe) for _ in range(2)]
    await first.suspend(form_data={"utility_id": str(town.utility.id), "reason": "Maintenance", "until": ""})
    await second.resume(utility_id=town.utility.id)
    (resumed,) = await rows(PaymentSuspension)
    await first.resume(utility_id=town.utility.id)

    assert [one.resumed_at for one in await rows(PaymentSuspension)] == [resumed.resumed_at]


async def test_a_campaign_is_launched_once_and_the_second_press_says_nothing_false(town):
    tab = await launching(town)
    await tab.launch()
    await tab.launch()

    assert len(await rows(ReadingCampaign)) == 1
    assert (tab.pending, tab.done) == (None, "")


async def test_a_campaign_that_is_changed_after_its_question_launches_nothing(town):
    tab = await launching(town)
    await tab.change()
    await tab.launch()
    assert await rows(ReadingCampaign) == []


async def test_a_campaign_that_is_stopped_twice_keeps_the_hour_of_the_first(town):
    tab = await launching(town)
    await tab.launch()
    (campaign,) = await rows(ReadingCampaign)
    await tab.stop(campaign_id=campaign.id)
    (stopped,) = await rows(ReadingCampaign)
    await tab.stop(campaign_id=campaign.id)

    assert [one.stopped_at for one in await rows(ReadingCampaign)] == [stopped.stopped_at]


async def test_a_request_that_is_withdrawn_twice_says_so_once_in_its_thread(town):
    async with transaction(town.alice.viewer) as session:
        request = await send_request(session, town.alice.viewer)
    tab = await open_tab(RequestState, town.alice, f"/demandes/{request.number}")
    await tab.load()
    await tab.withdraw()
    said = tab.lines
    await tab.withdraw()

    assert [one.status for one in await rows(Request)] == [RequestStatus.WITHDRAWN]
    assert tab.lines == said


async def test_an_invitation_that_was_withdrawn_meanwhile_lets_nobody_in(town):
    hers, his = await inviting(town)
    await hers.withdraw(invitation_id=hers.known.delegates[0].invitation_id)
    with pytest.raises(NotFound):
        await his.accept(invitation_id=his.known.received[0].invitation_id)

    assert (await opened(DelegatesState, town.bruno)).known.delegated == ()


async def test_an_invitation_that_is_accepted_twice_lets_in_once(town):
    hers, his = await inviting(town)
    (invitation,) = his.known.received
    await his.accept(invitation_id=invitation.invitation_id)
    with pytest.raises(Refusal):
        await his.accept(invitation_id=invitation.invitation_id)
    await hers.load()

    assert [one.who for one in hers.known.delegates] == ["Bruno Petit"]
    assert [one.who for one in his.known.delegated] == ["Alice Martin"]


async def test_withdrawing_an_invitation_that_was_accepted_meanwhile_does_not_pretend_to_put_him_out(town):
    hers, his = await inviting(town)
    await his.accept(invitation_id=his.known.received[0].invitation_id)
    await hers.withdraw(invitation_id=hers.known.delegates[0].invitation_id)

    (delegate,) = hers.known.delegates
    assert (delegate.who, delegate.invitation_id) == ("Bruno Petit", 0)
    assert hers.done.startswith("Cette personne a accepté entre-temps")


async def test_an_invitation_that_is_withdrawn_twice_is_withdrawn(town):
    hers, _ = await inviting(town)
    (invitation,) = hers.known.delegates
    for _ in range(2):
        await hers.withdraw(invitation_id=invitation.invitation_id)
        assert (hers.done, hers.known.delegates) == ("L’invitation est retirée.", ())


async def test_a_session_that_is_closed_already_is_gone_and_nothing_else_closes(town):
    tab = await opened(SessionsState, town.alice)
    with pytest.raises(NotFound):
        await tab.close(session_id=999_999)
    assert len((await opened(SessionsState, town.alice)).sessions) == 1


async def test_a_deposit_that_two_agents_file_is_where_the_last_one_put_it(town):
    async with transaction(town.alice.viewer) as session:
        document = await sent(session, town.alice.viewer)
        folder = await folder_of(session, town.alice.viewer, "contrat")
    first, second = [await opened(DepositsState, town.chloe, "/agent/documents") for _ in range(2)]
    for agent in (first, second):
        await agent.choose(document_id=document.id)
    await asyncio.gather(*(agent.file(form_data=filing(document, folder)) for agent in (first, second)))

    assert (first.deposits, second.deposits) == ((), ())
    assert (first.error, second.error) == ("", "")


async def opened(state, person, path: str = "/"):
    tab = await open_tab(state, person, path)
    await tab.load()
    return tab


async def inviting(town) -> tuple[DelegatesState, DelegatesState]:
    (subscriber_id,) = town.alice.viewer.subscriber_ids
    hers = await opened(DelegatesState, town.alice)
    form = {"email": "bruno@example.fr", "hold": "delegue_paiement", "subscriber_id": str(subscriber_id)}
    await hers.invite(form_data=form)
    return hers, await opened(DelegatesState, town.bruno)


async def launching(town) -> CampaignsState:
    async with transaction(Viewer.system()) as session:
        await create_dwelling(session, town.utility, town.alice.viewer)
    tab = await opened(CampaignsState, town.chloe)
    days = {"opens_on": str(today()), "closes_on": str(today() + timedelta(days=20))}
    await tab.prepare(form_data={"utility_id": str(town.utility.id), "title": "Automne", **days})
    assert (tab.found, tab.error) == (1, "")
    return tab


def filing(document, folder) -> dict[str, str]:
    return {"document_id": str(document.id), "folder_id": str(folder.id)}


async def rows(kind) -> list:
    async with transaction(Viewer.system()) as session:
        return list((await session.exec(select(kind).order_by(kind.id))).all())
