"""Asking for a way in: the manual's three answers, their strict form, and the forgotten password."""

import re
from datetime import timedelta

import pytest
from sqlmodel import select

from models import AccessLink, Account, LinkKind, Mail, MailBody
from portail_app.errors import Invalid, LinkRefused
from portail_app.services.activations import (
    ALREADY_ACTIVE,
    NEUTRAL,
    SENT,
    UNKNOWN,
    WRONG_CODE,
    ask_again,
    ask_for_activation,
    ask_for_renewal,
    codes_are_asked_for,
)
from tests.factories import NOW, appoint, create_account, create_subscriber, create_utility

NO_CODE = frozenset()
DENISE = "denise@example.fr"


@pytest.fixture
async def open_utility(session):
    """One that answers in the manual's words, and asks for no code."""
    return await create_utility(session, activation_is_strict=False, activation_needs_code=False)


@pytest.fixture
async def strict_utility(session):
    return await create_utility(session, activation_is_strict=True, activation_needs_code=True)


class TestInTheManualsWords:
    async def test_a_known_address_is_sent_a_link(self, session, open_utility):
        await create_subscriber(session, open_utility, email=DENISE)
        assert await ask_for_activation(session, " Denise@Example.FR ", NO_CODE, NOW) == SENT
        mail, text = await only_mail(session)
        assert (mail.recipient, mail.subject, mail.has_secret) == (DENISE, "Accès au portail des factures", True)
        assert mail.utility_id == open_utility.id
        assert "/mot-de-passe?lien=" in text

    async def test_an_unknown_address_is_told_so(self, session, open_utility):
        with pytest.raises(Invalid) as refused:
            await ask_for_activation(session, "inconnue@example.fr", NO_CODE, NOW)
        assert (refused.value.sentence, refused.value.field) == (UNKNOWN, "email")
        assert await mails(session) == []

    async def test_an_active_account_is_told_so(self, session, open_utility):
        await create_subscriber(session, open_utility, email=DENISE)
        await create_account(session, DENISE)
        with pytest.raises(Invalid, match=ALREADY_ACTIVE):
            await ask_for_activation(session, DENISE, NO_CODE, NOW)
        assert await mails(session) == []

    async def test_a_code_that_is_asked_for_must_be_right(self, session):
        utility = await create_utility(session, activation_is_strict=False, activation_needs_code=True)
        await create_subscriber(session, utility, email=DENISE, number="4217")
        for codes in (NO_CODE, frozenset({"4218"})):
            with pytest.raises(Invalid) as refused:
                await ask_for_activation(session, DENISE, codes, NOW)
            assert (refused.value.sentence, refused.value.field) == (WRONG_CODE, "code")
        assert await ask_for_activation(session, DENISE, frozenset({"4217"}), NOW) == SENT

    async def test_one_try_is_not_worth_hundreds(self, session):
        """Numbers follow each other: whoever reads a mistyped address must not come across its owner's."""
        utility = await create_utility(session, activation_is_strict=False, activation_needs_code=True)
        await create_subscriber(session, utility, email=DENISE, number="4217")
        for email in (DENISE, "inconnue@example.fr"):
            with pytest.raises(Invalid, match="10 codes au plus") as refused:
                await ask_for_activation(session, email, frozenset(map(str, range(4210, 4221))), NOW)
            assert refused.value.field == "code"
        assert await ask_for_activation(session, DENISE, frozenset(map(str, range(4210, 4220))), NOW) == SENT

    async def test_a_neighbours_code_opens_nothing(self, session):
        utility = await create_utility(session, activation_is_strict=False, activation_needs_code=True)
        await create_subscriber(session, utility, email=DENISE, number="4217")
        await create_subscriber(session, utility, email="voisin@example.fr", number="4218")
        with pytest.raises(Invalid, match="code"):
            await ask_for_activation(session, DENISE, frozenset({"4218"}), NOW)

    async def test_staff_need_no_code(self, session, strict_utility, open_utility):
        account = await create_account(session, "agent@example.fr", name="Agent")
        account.activated_at = None
        await appoint(session, account, open_utility)
        assert await ask_for_activation(session, "agent@example.fr", NO_CODE, NOW) == SENT


class TestStrictly:
    @pytest.mark.parametrize("email", ["inconnue@example.fr", DENISE, "alice@example.fr"])
    @pytest.mark.parametrize("codes", [NO_CODE, frozenset({"4217"}), frozenset({"faux"})])
    async def test_every_address_gets_the_same_answer(self, session, cast, strict_utility, email, codes):
        await create_subscriber(session, strict_utility, email=DENISE, number="4217")
        assert await ask_for_activation(session, email, codes, NOW) == NEUTRAL

    async def test_one_strict_utility_makes_the_answer_strict(self, session, open_utility, strict_utility):
        await create_subscriber(session, open_utility, email=DENISE)
        await create_subscriber(session, strict_utility, email=DENISE)
        assert await ask_for_activation(session, DENISE, NO_CODE, NOW) == NEUTRAL

    async def test_an_unknown_address_is_answered_strictly_where_any_utility_is(
        self, session, open_utility, strict_utility
    ):
        assert await ask_for_activation(session, "inconnue@example.fr", NO_CODE, NOW) == NEUTRAL

    async def test_a_stranger_is_never_written_to(self, session, strict_utility):
        await ask_for_activation(session, "inconnue@example.fr", NO_CODE, NOW)
        await ask_for_renewal(session, "inconnue@example.fr", NOW)
        assert await mails(session) == []
        assert (await session.exec(select(Account).where(Account.email == "inconnue@example.fr"))).all() == []

    async def test_what_is_to_be_said_goes_by_mail(self, session, strict_utility):
        await create_subscriber(session, strict_utility, email=DENISE, number="4217")
        await ask_for_activation(session, DENISE, frozenset({"faux"}), NOW)
        mail, text = await only_mail(session)
        assert "saisissez votre adresse mail et votre code" in text
        assert not mail.has_secret

    async def test_an_active_account_is_told_by_mail(self, session, cast):
        await ask_for_activation(session, "alice@example.fr", NO_CODE, NOW)
        _, text = await only_mail(session)
        assert "Activation impossible, il existe déjà un compte actif avec cette adresse mail" in text
        assert "lien=" not in text

    async def test_the_right_code_is_sent_a_link(self, session, strict_utility):
        await create_subscriber(session, strict_utility, email=DENISE, number="4217")
        await ask_for_activation(session, DENISE, frozenset({"4217"}), NOW)
        (link,) = (await session.exec(select(AccessLink))).all()
        assert (link.kind, link.codes, link.expires_at) == (LinkKind.ACTIVATION, "4217", NOW + timedelta(hours=24))


class TestForgotten:
    @pytest.mark.parametrize("email", ["alice@example.fr", "inconnue@example.fr", DENISE])
    async def test_the_answer_is_the_same_for_every_address(self, session, cast, open_utility, email):
        await create_subscriber(session, open_utility, email=DENISE)
        assert await ask_for_renewal(session, email, NOW) == NEUTRAL

    async def test_an_active_account_is_sent_a_link_of_ten_minutes(self, session, cast):
        await ask_for_renewal(session, "ALICE@example.fr", NOW)
        (link,) = (await session.exec(select(AccessLink))).all()
        assert (link.kind, link.expires_at) == (LinkKind.RENEWAL, NOW + timedelta(minutes=10))
        _, text = await only_mail(session)
        assert "pendant 10 mn" in text

    async def test_the_utility_sets_how_long(self, session):
        utility = await create_utility(
            session, renewal_link_minutes=30, activation_link_hours=48, activation_needs_code=False
        )
        await create_subscriber(session, utility, email=DENISE)
        await ask_for_renewal(session, DENISE, NOW)
        (link,) = (await session.exec(select(AccessLink))).all()
        assert (link.kind, link.expires_at) == (LinkKind.ACTIVATION, NOW + timedelta(hours=48))

    async def test_who_has_no_account_yet_is_sent_the_activation_mail(self, session, open_utility):
        await create_subscriber(session, open_utility, email=DENISE)
        await ask_for_renewal(session, DENISE, NOW)
        _, text = await only_mail(session)
        assert "finaliser la procédure d'activation" in text

    async def test_where_a_code_is_needed_the_mail_asks_for_it(self, session, strict_utility):
        await create_subscriber(session, strict_utility, email=DENISE)
        await ask_for_renewal(session, DENISE, NOW)
        _, text = await only_mail(session)
        assert "/activation" in text
        assert "lien=" not in text


class TestAgain:
    async def test_another_link_is_sent_to_whom_the_first_was_sent_with_the_same_codes(self, session, strict_utility):
        await create_subscriber(session, strict_utility, email=DENISE, number="4217")
        await ask_for_activation(session, DENISE, frozenset({"4217"}), NOW)
        _, text = await only_mail(session)

        assert await ask_again(session, token_in(text), NOW + timedelta(days=2)) == NEUTRAL

        links = (await session.exec(select(AccessLink).order_by(AccessLink.created_at))).all()
        assert [link.codes for link in links] == ["4217", "4217"]

    async def test_an_active_account_is_sent_a_renewal(self, session, cast):
        await ask_for_renewal(session, "alice@example.fr", NOW)
        _, text = await only_mail(session)
        await ask_again(session, token_in(text), NOW + timedelta(days=2))
        assert len(await mails(session)) == 2

    async def test_a_link_that_we_never_sent_sends_nothing(self, session, cast):
        with pytest.raises(LinkRefused):
            await ask_again(session, "faux", NOW)
        assert await mails(session) == []


async def test_the_code_is_asked_for_where_a_utility_needs_it(session, open_utility):
    assert not await codes_are_asked_for(session)
    await create_utility(session, activation_needs_code=True)
    assert await codes_are_asked_for(session)


def token_in(text):
    return re.search(r"lien=([\w-]+)", text).group(1)


async def mails(session):
    return (await session.exec(select(Mail, MailBody.text).join(MailBody))).all()


async def only_mail(session):
    (found,) = await mails(session)
    return found
