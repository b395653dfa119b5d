"""The staff's pages, as tabs of the browser know them: what a form sends, what comes back, who is refused."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import text

from models import AttemptState, PaymentAttempt, PaymentMode, StaffRank
from portail_app.database import transaction
from portail_app.errors import Forbidden, NotFound, NotSignedIn
from portail_app.services import notices, suspensions, utilities
from portail_app.services.paging import PAGE_SIZE
from portail_app.states.audit import AuditState
from portail_app.states.clock import now
from portail_app.states.desk import DeskState
from portail_app.states.notices import NoticesState
from portail_app.states.payment_review import PaymentReviewState
from portail_app.states.reconciliation import ReconciliationState
from portail_app.states.request_types import RequestTypesState
from portail_app.states.staff_requests import StaffRequestsState
from portail_app.states.suspensions import SuspensionsState
from portail_app.states.welcome import WelcomeState
from portail_app.viewer import Viewer
from tests import factories
from tests.cast import Person
from tests.tabs import open_tab

STAFF_STATES = (
    *(AuditState, DeskState, NoticesState, PaymentReviewState, ReconciliationState),
    *(RequestTypesState, StaffRequestsState, SuspensionsState, WelcomeState),
)


@pytest.mark.parametrize("state", STAFF_STATES)
async def test_a_subscriber_and_nobody_open_no_page_of_staff(town, state):
    with pytest.raises(Forbidden):
        await (await open_tab(state, town.alice)).load()
    with pytest.raises(NotSignedIn):
        await (await open_tab(state, None)).load()


@pytest.mark.parametrize("state", STAFF_STATES)
async def test_staff_open_every_page_of_staff(town, state):
    await (await open_tab(state, town.chloe)).load()


async def test_staff_suspend_with_a_reason_and_an_hour_of_paris_then_resume(town):
    tab = await open_tab(SuspensionsState, town.chloe)
    await tab.load()
    tomorrow = (now() + timedelta(days=1)).date()
    await tab.suspend(form_data=form(town, reason="Maintenance", until=f"{tomorrow}T18:00"))

    assert (tab.done, tab.error) == ("Le paiement est suspendu.", "")
    (current,) = await current_suspensions(town)
    assert current.until == datetime.fromisoformat(f"{tomorrow}T17:00:00+00:00") or current.until.hour == 16

    await tab.resume(utility_id=town.utility.id)
    assert tab.done == "Le paiement a repris."
    assert await current_suspensions(town) == []
    assert [held.reason for held in tab.history] == ["Maintenance"]


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({"reason": " "}, "reason"),
        ({"reason": "Essai", "until": "2001-01-01T10:00"}, "until"),
        ({"reason": "Essai", "until": "demain"}, "until"),
        ({"reason": "Essai", "until": "9999-12-31T23:59"}, "until"),
        ({"reason": "Essai", "utility_id": "abc"}, "utility_id"),
        ({"reason": ["Essai"]}, "reason"),
        ({"reason": "x" * 5000}, "reason"),
    ],
)
async def test_a_wrong_form_is_answered_at_the_field_and_nothing_is_suspended(town, sent, field):
    tab = await open_tab(SuspensionsState, town.chloe)
    await tab.suspend(form_data=form(town) | sent)

    assert tab.error
    assert tab.error_field == field
    assert tab.done == ""
    assert await current_suspensions(town) == []


async def test_an_agent_reads_and_is_told_that_she_may_not_suspend(town):
    agent = await appoint(town, StaffRank.AGENT)
    tab = await open_tab(SuspensionsState, agent)
    await tab.load()
    await tab.suspend(form_data=form(town, reason="Essai"))

    assert tab.error == Forbidden.sentence
    assert await current_suspensions(town) == []


async def test_staff_of_elsewhere_cannot_name_this_utility(town):
    async with transaction(Viewer.system()) as session:
        other = await factories.create_utility(session)
    stranger = await appoint(town, StaffRank.ADMINISTRATOR, utility=other)
    tab = await open_tab(SuspensionsState, stranger)
    await tab.suspend(form_data=form(town, reason="Essai"))
    await tab.resume(utility_id=town.utility.id)

    assert tab.error == "Collectivité introuvable."
    assert await current_suspensions(town) == []


async def test_a_notice_is_seen_while_written_then_published_and_withdrawn(town):
    tab = await open_tab(NoticesState, town.chloe)
    await tab.preview(text="**Jeudi** <script>alert(1)</script>")
    assert tab.preview_html.startswith("<p><strong>Jeudi</strong>")
    assert "<script" not in tab.preview_html

    await tab.publish(form_data=form(town, title="Coupure", body="Jeudi", is_important="on", ends_on="2030-01-01"))
    assert (tab.done, tab.error, tab.preview_html) == ("L’avis est publié.", "", "")
    (notice,) = tab.notices
    assert (notice.title, notice.is_important, notice.ends_on) == ("Coupure", True, date(2030, 1, 1))

    await tab.withdraw(notice_id=notice.id)
    assert tab.notices[0].withdrawn_at is not None


async def test_a_box_left_empty_makes_an_ordinary_notice_from_today(town):
    tab = await open_tab(NoticesState, town.chloe)
    await tab.publish(form_data=form(town, title="Info", body="Texte", starts_on="", ends_on=""))

    (notice,) = tab.notices
    assert (notice.is_important, notice.ends_on) == (False, None)
    assert notice.shows_on(notice.starts_on)


@pytest.mark.parametrize(
    ("sent", "field"),
    [({"title": ""}, "title"), ({"body": ""}, "body"), ({"starts_on": "31/02/2026"}, "starts_on")],
)
async def test_a_wrong_notice_is_answered_at_the_field(town, sent, field):
    tab = await open_tab(NoticesState, town.chloe)
    await tab.publish(form_data=form(town, title="Info", body="Texte") | sent)

    assert tab.error_field == field
    assert tab.notices == ()


async def test_the_notice_of_another_utility_cannot_be_withdrawn(town):
    async with transaction(town.chloe.viewer) as session:
        notice = await notices.publish_notice(
            session, town.chloe.viewer, factories.draft_notice(town.utility), datetime.now(UTC)
        )
        other = await factories.create_utility(session)
    tab = await open_tab(NoticesState, await appoint(town, StaffRank.ADMINISTRATOR, utility=other))
    await tab.withdraw(notice_id=notice.id)

    assert tab.error == "Avis introuvable."


async def test_the_welcome_text_is_written_and_shown_as_it_will_be(town):
    tab = await open_tab(WelcomeState, town.chloe)
    await tab.load()
    await tab.save(form_data=form(town, welcome_text="Bonjour *à tous*"))

    assert tab.done == "Le texte d’accueil est enregistré."
    assert tab.chosen.welcome_text == "Bonjour *à tous*"
    assert tab.preview_html == "<p>Bonjour <em>à tous</em></p>\n"


async def test_who_works_for_two_utilities_chooses_whose_text_to_write(town):
    async with transaction(Viewer.system()) as session:
        other = await factories.create_utility(session, name="Autre", welcome_text="Ailleurs")
        account = await factories.create_account(session, "both@example.fr")
        for utility in (town.utility, other):
            await factories.appoint(session, account, utility)
        both = Person(*await factories.sign_in(session, account))
    tab = await open_tab(WelcomeState, both)
    await tab.choose(utility_id=str(other.id))
    assert tab.chosen.name == "Autre"
    await tab.choose(utility_id=str(town.utility.id))
    assert tab.chosen.name == town.utility.name


async def test_a_stranger_s_utility_is_not_shown_to_who_chooses_it(town):
    async with transaction(Viewer.system()) as session:
        other = await factories.create_utility(session, welcome_text="Ailleurs")
    tab = await open_tab(WelcomeState, town.chloe)
    await tab.choose(utility_id=str(other.id))

    assert tab.chosen.id == town.utility.id


async def test_the_trail_names_who_did_what(town):
    async with transaction(town.chloe.viewer) as session:
        await utilities.write_welcome_text(session, town.chloe.viewer, town.utility.id, "Bonjour")
    tab = await open_tab(AuditState, town.chloe)
    await tab.load()

    assert [(line.who, line.entry.action) for line in tab.lines] == [("Chloé Durand", "Texte d’accueil modifié")]


async def test_a_search_of_payments_lives_in_the_url(town):
    tab = await open_tab(PaymentReviewState, town.chloe, "/agent/paiements", recherche="2017 & co")
    await tab.load()
    assert tab.place["search"] == "2017 & co"
    assert "recherche=2017+%26+co" in str(await tab.look_for(form={"recherche": "2017 & co"}))


@pytest.mark.parametrize("state", [AuditState, NoticesState, PaymentReviewState])
async def test_a_list_of_staff_says_where_it_is_and_leads_to_what_is_looked_for(town, state):
    tab = await open_tab(state, town.chloe, recherche="rien de tel", page="3")
    await tab.load()

    assert (tab.place["search"], tab.place["range"], tab.place["next"]) == ("rien de tel", "", "")
    assert "recherche=eau" in str(await tab.look_for(form={"recherche": " eau ", "jour": "hier"}))


async def test_the_history_of_suspensions_has_pages_of_its_own(town):
    async with transaction(town.chloe.viewer) as session:
        for turn in range(PAGE_SIZE + 1):
            await suspensions.suspend_payments(
                session, town.chloe.viewer, town.utility.id, f"Essai {turn}", None, now()
            )
    first, second = [await open_tab(SuspensionsState, town.chloe, "/agent/paiements", suspensions=n) for n in "12"]
    await first.load()
    await second.load()

    assert first.place["next"] == "/agent/paiements?suspensions=2"
    assert [held.reason for held in second.history] == ["Essai 0"]


async def test_a_payment_is_checked_again_by_a_job_and_the_page_says_so(town):
    reference = await open_payment(town)
    tab = await open_tab(PaymentReviewState, town.chloe)
    await tab.load()
    assert [payment.can_be_checked for payment in tab.payments] == [True]
    await tab.check_again(reference=reference)

    assert tab.asked == (reference,)
    async with transaction(Viewer.system()) as session:
        jobs = await session.exec(text("SELECT task_name, args FROM procrastinate_jobs"))
        assert [job.task_name for job in jobs] == ["payments.check"]


async def test_neither_an_agent_nor_a_stranger_has_a_payment_checked(town):
    reference = await open_payment(town)
    async with transaction(Viewer.system()) as session:
        other = await factories.create_utility(session)
    agent = await appoint(town, StaffRank.AGENT)
    stranger = await appoint(town, StaffRank.ADMINISTRATOR, utility=other)
    for person, refusal in ((agent, Forbidden), (stranger, NotFound)):
        tab = await open_tab(PaymentReviewState, person)
        with pytest.raises(refusal):
            await tab.check_again(reference=reference)
        assert tab.asked == ()


async def open_payment(town) -> str:
    """A payment of Alice's, handed to PayFiP and not yet answered."""
    async with transaction(Viewer.system()) as session:
        attempt = PaymentAttempt(
            reference="ABCDEFGHJKLM",
            utility_id=town.utility.id,
            account_id=town.alice.viewer.account_id,
            state=AttemptState.PENDING,
            amount_cents=24311,
            refdet="2017020002059",
            client="004200",
            mode=PaymentMode.TEST,
            fiscal_year=2026,
            subject="Facture",
            payer_email="alice@example.fr",
            opened_at=now(),
            idop="0" * 36,
        )
        await factories.save(session, attempt)
        return attempt.reference


def form(town, **values):
    return {"utility_id": str(town.utility.id), **values}


async def current_suspensions(town):
    async with transaction(Viewer.system()) as session:
        return await suspensions.list_current(session, now(), [town.utility.id])


async def appoint(town, rank, *, utility=None) -> Person:
    async with transaction(Viewer.system()) as session:
        account = await factories.create_account(session, f"{rank}@example.fr")
        await factories.appoint(session, account, utility or town.utility, rank)
        return Person(*await factories.sign_in(session, account))
