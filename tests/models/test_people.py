"""What a new row is where nobody said otherwise: always what lets in the least."""

from models import (
    Account,
    AccountSubscriber,
    DelegateInvitation,
    Hold,
    PaymentMode,
    StaffRank,
    StaffRole,
    StoredFile,
    Subscriber,
    Utility,
)
from tests.factories import NOW


def test_a_utility_begins_with_what_is_safest():
    utility = Utility(code="eau", name="Régie des eaux")
    assert (utility.activation_needs_code, utility.activation_is_strict) == (True, True)
    assert (utility.activation_link_hours, utility.renewal_link_minutes, utility.password_min_length) == (24, 10, 8)
    assert utility.payfip_mode is PaymentMode.TEST
    assert (utility.several_invoices_per_payment, utility.payfip_opens_popup) == (False, False)


def test_an_account_is_not_active_before_somebody_has_activated_it():
    account = Account(email="alice@example.fr")
    assert (account.activated_at, account.name) == (None, "")
    assert account.created_at.tzinfo is not None


def test_who_is_appointed_without_a_rank_is_an_agent():
    assert StaffRole(account_id=1, utility_id=1).rank is StaffRank.AGENT


def test_who_is_invited_without_a_word_may_only_see():
    assert DelegateInvitation(subscriber_id=1, account_id=1, email="b@example.fr").hold is Hold.MAY_SEE


def test_who_proves_a_subscriber_is_its_holder():
    assert AccountSubscriber(account_id=1, subscriber_id=1).hold is Hold.HOLDER


def test_nothing_is_debited_from_who_has_not_asked_for_it():
    assert not Subscriber(utility_id=1, number="1", name="Alice").pays_by_direct_debit


def test_where_a_file_lies_is_given_to_no_page():
    file = StoredFile(utility_id=1, key="f" * 64, name="bail.pdf", media_type="application/pdf", size_bytes=9)
    file.stored_at = NOW
    assert "f" * 64 not in str(file.model_dump())
    assert file.model_dump()["name"] == "bail.pdf"
