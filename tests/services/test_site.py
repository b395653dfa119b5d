"""What every page of a utility's portal says, and when it changes by itself."""

from datetime import UTC, date, datetime, timedelta

import pytest

from models import Notice, PaymentSuspension, Utility
from portail_app.services import notices, suspensions
from portail_app.services.site import Site, UtilityFacts, compose, read_facts
from tests import factories
from tests.factories import NOW, TODAY

SUSPENDED = "Le paiement a été temporairement suspendu."


def facts(name="Régie", held=(), written=(), **values):
    utility = Utility(id=values.pop("id", 1), code=name, name=name, **values)
    return UtilityFacts(utility, tuple(held), tuple(written))


def held(**values):
    defaults = {"utility_id": 1, "reason": "Maintenance", "suspended_at": NOW, "suspended_by": 1}
    return PaymentSuspension(**{**defaults, **values})


def written(**values):
    defaults = {"id": 5, "utility_id": 1, "title": "Coupure", "body": "Jeudi", "starts_on": TODAY}
    return Notice(**{**defaults, "published_at": NOW, "published_by": 1, **values})


def test_a_page_without_a_utility_says_nothing_of_any():
    assert compose([], NOW) == Site()


def test_a_page_names_its_utility_and_shows_its_welcome():
    site = compose([facts(portal_title="Mes factures d’eau", accent="#123456", welcome_text="**Bonjour**")], NOW)
    assert (site.owner.name, site.owner.portal_title, site.owner.accent) == ("Régie", "Mes factures d’eau", "#123456")
    assert site.welcome_html == "<p><strong>Bonjour</strong></p>\n"
    assert (site.suspension, site.notices) == ("", ())


@pytest.mark.parametrize(
    ("suspension", "banner"),
    [
        (held(), f"{SUSPENDED} Maintenance."),
        (held(reason="Retour lundi !"), f"{SUSPENDED} Retour lundi !"),
        (
            held(until=datetime(2026, 11, 22, 17, 0, tzinfo=UTC)),
            f"{SUSPENDED} Maintenance. Reprise prévue le 22/11/2026 à\u00a018:00.",
        ),
        (held(until=NOW), ""),
        (held(resumed_at=NOW), ""),
    ],
)
def test_the_banner_says_why_and_until_when_in_paris(suspension, banner):
    site = compose([facts(held=[suspension])], NOW)
    assert site.suspension == banner
    assert site.suspended_utility_ids == ((1,) if banner else ())


def test_two_utilities_are_named_and_kept_apart():
    site = compose([facts("Ordures", id=2), facts("Eau", held=[held()])], NOW)
    assert site.owner.name == "Eau, Ordures"
    assert site.suspension == f"Eau : {SUSPENDED} Maintenance."
    assert site.suspended_utility_ids == (1,)


def test_only_the_notices_of_the_day_are_shown():
    site = compose([facts(written=[written(), written(id=6, starts_on=TODAY + timedelta(days=1))])], NOW)
    assert [notice.id for notice in site.notices] == [5]


def test_the_day_is_that_of_paris():
    tomorrow = written(starts_on=date(2026, 7, 2))
    before, after = datetime(2026, 7, 1, 21, 59, tzinfo=UTC), datetime(2026, 7, 1, 22, 0, tzinfo=UTC)
    assert compose([facts(written=[tomorrow])], before).notices == ()
    assert len(compose([facts(written=[tomorrow])], after).notices) == 1


def test_a_passer_by_reads_neither_notices_nor_suspensions_nor_the_welcome():
    known = facts(held=[held()], written=[written()], welcome_text="Bonjour", accent="#123456")
    site = compose([known], NOW, is_public=True)
    assert site == Site(owner=site.owner)
    assert site.owner.name == "Régie"


def test_what_changes_by_itself_is_known_ahead():
    end = NOW + timedelta(hours=3)
    notice = written(starts_on=date(2026, 11, 25), ends_on=date(2026, 11, 26))
    changes = facts(held=[held(until=end)], written=[notice]).changes()
    assert changes == [end, datetime(2026, 11, 24, 23, tzinfo=UTC), datetime(2026, 11, 26, 23, tzinfo=UTC)]


async def test_facts_are_read_for_all_utilities_or_for_those_asked(session, cast, chloe):
    other = await factories.create_utility(session)
    await suspensions.suspend_payments(session, chloe, cast.utility.id, "Maintenance", None, NOW)
    await notices.publish_notice(session, chloe, factories.draft_notice(cast.utility), NOW)

    everything = await read_facts(session, NOW)
    assert everything.keys() == {cast.utility.id, other.id}
    assert len(everything[cast.utility.id].suspensions) == len(everything[cast.utility.id].notices) == 1
    assert everything[other.id].suspensions == everything[other.id].notices == ()
    assert (await read_facts(session, NOW, [other.id])).keys() == {other.id}
    assert await read_facts(session, NOW, []) == {}
