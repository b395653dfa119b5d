"""One of each mail that the portal writes, to Alice or to the service, in Régie des eaux's name."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

from models import Contract, LeakAlert, LeakKind, Request, RequestMessage, RequestStatus, SentReading
from portail_app.mails import access, campaigns, documents, leaks, personal, readings, requests

URL = "https://portail.example"
LINK = f"{URL}/mot-de-passe?lien=abc"
SENDER = access.Sender("Régie des eaux", URL)
ENDS = datetime(2026, 11, 22, 9, 40, tzinfo=UTC)
CONTRACT = Contract(number="C/1 é")
PLACE = leaks.Place("C/1 é", "12 rue du Moulin")
CAMPAIGN = campaigns.Letter("C/1 é", "12 rue du Moulin", date(2026, 12, 1), SENDER)


def alert(kind: LeakKind = LeakKind.VOLUME, **values) -> LeakAlert:
    return LeakAlert(
        kind=kind,
        period_start=date(2026, 5, 1),
        period_end=date(2026, 10, 31),
        litres=250_340,
        mean_litres=60_000,
        years=3,
        answer_until=date(2026, 12, 22),
        **values,
    )


def sent_reading(**values) -> SentReading:
    return SentReading(read_on=date(2026, 11, 20), index_litres=812_345, **values)


def request() -> Request:
    return Request(number="D-2026-12", subject="Fuite", status=RequestStatus.NEW)


def message(text: str = "", status: RequestStatus | None = None) -> RequestMessage:
    return RequestMessage(text=text, status=status)


TO_PEOPLE: dict[str, Callable[[], str]] = {
    "activation": lambda: access.activation(SENDER, LINK, timedelta(hours=24), ENDS),
    "renewal": lambda: access.renewal(SENDER, "alice@example.fr", LINK, timedelta(minutes=10), ENDS),
    "already active": lambda: access.already_active(SENDER),
    "code needed": lambda: access.code_needed(SENDER),
    "campaign": lambda: campaigns.invitation(CAMPAIGN),
    "campaign reminder": lambda: campaigns.reminder(CAMPAIGN),
    "published document": lambda: documents.published(SENDER, "Règlement.pdf"),
    "abnormal volume": lambda: leaks.warning(alert(), PLACE, SENDER),
    "continuous flow": lambda: leaks.warning(alert(LeakKind.CONTINUOUS), PLACE, SENDER),
    "empty home": lambda: leaks.warning(alert(LeakKind.EMPTY_HOME), PLACE, SENDER),
    "threshold": lambda: leaks.warning(alert(LeakKind.THRESHOLD), PLACE, SENDER),
    "leak accepted": lambda: leaks.decision(alert(accepted_at=ENDS), (120, 60), PLACE, SENDER),
    "leak refused": lambda: leaks.decision(alert(refused_at=ENDS, reason="Robinet ouvert."), (0, 0), PLACE, SENDER),
    "new address": lambda: personal.new_address(SENDER, LINK, "22/11/2026"),
    "address asked": lambda: personal.address_asked(SENDER, "alice@example.com"),
    "address changed": lambda: personal.address_changed(SENDER, "alice@example.com"),
    "password changed": lambda: personal.password_changed(SENDER, "22/11/2026 à 10:40"),
    "paper confirmed": lambda: personal.paper_confirmed(SENDER, "100001", "22/11/2026", wants_paper=True),
    "export ready": lambda: personal.export_ready(SENDER, "29/11/2026"),
    "delegate invited": lambda: personal.delegate_invited(SENDER, "Alice", "b@example.fr", "29/11/2026", may_pay=True),
    "delegate accepted": lambda: personal.delegate_accepted(SENDER, "b@example.fr", "100001"),
    "delegate removed": lambda: personal.delegate_removed(SENDER, "Alice Martin", "22/11/2026"),
    "reading accepted": lambda: readings.accepted(SENDER, sent_reading(), CONTRACT)[1],
    "reading refused": lambda: readings.refused(SENDER, sent_reading(refusal_reason="Illisible."), CONTRACT)[1],
    "request answered": lambda: requests.answered(SENDER, request(), message("Bonjour")),
}
TO_SERVICE: dict[str, Callable[[], str]] = {
    "deposit": lambda: documents.deposited(SENDER, "Alice Martin", "RIB.pdf"),
    "address to bill": lambda: personal.address_changed_service("100001", "Alice Martin", "a@x.fr", "b@x.fr"),
    "paper to bill": lambda: personal.paper_service("100001", "Alice", "a@x.fr", "22/11/2026", wants_paper=False),
    "request arrived": lambda: requests.arrived(SENDER, request()),
    "subscriber wrote": lambda: requests.subscriber_wrote(SENDER, request()),
    "request assigned": lambda: requests.assigned(SENDER, request()),
}
EVERY = TO_PEOPLE | TO_SERVICE
