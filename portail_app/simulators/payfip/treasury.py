"""What PayFiP does with a payment: registers it, lets it be paid once, tells its result, forgets it in the night."""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid1
from zoneinfo import ZoneInfo

from portail_app.simulators.payfip.checks import check_client, check_fields, remarks_on
from portail_app.simulators.payfip.faults import Fault
from portail_app.simulators.payfip.records import Client, Delivery, Notice, Payment, Scenario, Trouble
from portail_app.simulators.payfip.storage import load_ledger, save_ledger

PARIS = ZoneInfo("Europe/Paris")
OPENED_WITHIN = timedelta(minutes=15)
READABLE_FOR = timedelta(days=365)
NIGHT_HOUR = 4
FARTHEST_CLOCK = timedelta(days=5 * 366)
PAID = {"P", "V"}
USED_UP = {"P", "V", "R", "Z"}  # after A the payer may try again on the same idOp
KEPT_NOTICES = 200


class Treasury:
    """The ledger and its rules; each change is saved, and the oldest payments go beyond `maximum_payments`."""

    def __init__(self, clients: Iterable[Client], state_file: Path | None, maximum_payments: int) -> None:
        self._state_file = state_file
        self._maximum_payments = maximum_payments
        self.ledger = load_ledger(state_file)
        for client in clients:
            self.ledger.clients.setdefault(client.numcli, client)

    @property
    def now(self) -> datetime:
        return datetime.now(UTC) + timedelta(seconds=self.ledger.clock_offset_seconds)

    def find_client(self, numcli: str) -> Client:
        return check_client(self.ledger.clients, numcli)

    def register(self, fields: Mapping[str, str]) -> Payment:
        check_fields(self.find_client(fields.get("numcli", "")), fields)
        payment = Payment(
            idop=str(uuid1()),
            amount_cents=int(fields["montant"]),
            exer=fields.get("exer", "")[:4],
            objet=fields.get("objet", "")[:100],
            created_at=self.now,
            remarks=remarks_on(fields),
            **{name: fields[name] for name in _KEPT_AS_RECEIVED},
        )
        self.ledger.payments[payment.idop] = payment
        self.save()
        return payment

    def find_payment(self, idop: str) -> Payment:
        """Raises P1 for an idOp that is unknown or forgotten."""
        payment = self.ledger.payments.get(idop)
        if payment is None or self.is_forgotten(payment):
            raise Fault("P1")
        return payment

    def find_result(self, idop: str) -> Payment:
        """Raises P5 while there is no result to read."""
        payment = self.find_payment(idop)
        if payment.readable_from is None or self.now < payment.readable_from:
            raise Fault("P5")
        return payment

    def open_payment(self, idop: str) -> Payment:
        """The payer arrives on the payment page: P3 where the idOp has served, P4 where it is too old."""
        payment = self._find_unused(idop)
        if self.now - payment.created_at > OPENED_WITHIN:
            raise Fault("P4")
        payment.opened_at = self.now
        self.save()
        return payment

    def choose(self, idop: str, resultrans: str) -> Payment:
        """The payer's act on the page, which they opened in time."""
        payment = self._find_unused(idop)
        if payment.opened_at is None:
            raise Fault("P4")
        self.conclude(payment, resultrans)
        return payment

    def conclude(self, payment: Payment, resultrans: str) -> None:
        """Writes a result, over another one if need be, and has it notified as the scenario says."""
        scenario = self.ledger.scenario
        delay = timedelta(minutes=scenario.result_after_minutes)
        if scenario.notification is Delivery.EARLY:
            delay = max(delay, timedelta(minutes=1))
        payment.resultrans = resultrans
        payment.transacted_at = self.now
        payment.readable_from = self.now + delay
        payment.numauto = _authorisation(payment) if resultrans in PAID else ""
        self.notify(payment, *_due_dates(scenario, self.now, payment.readable_from))

    def notify(self, payment: Payment, *due_dates: datetime) -> None:
        self.ledger.notices += [Notice(idop=payment.idop, url=payment.urlnotif, due_at=due) for due in due_dates]
        self.save()

    def take_trouble(self, operation: str) -> Trouble:
        """What is to go wrong with this call; counts it."""
        scenario = self.ledger.scenario
        if scenario.trouble_on not in {"", operation}:
            return Trouble.NONE
        trouble = scenario.trouble
        if scenario.trouble_times:
            scenario.trouble_times -= 1
            scenario.trouble = scenario.trouble if scenario.trouble_times else Trouble.NONE
        return trouble

    def move_clock(self, step: timedelta) -> None:
        offset = timedelta(seconds=self.ledger.clock_offset_seconds) + step
        if abs(offset) > FARTHEST_CLOCK:
            raise ValueError("l'horloge ne s'écarte pas de plus de cinq ans")
        self.ledger.clock_offset_seconds = offset.total_seconds()
        self.save()

    def move_clock_to_night(self) -> None:
        self.move_clock(_next_night(self.now) - self.now)

    def is_forgotten(self, payment: Payment) -> bool:
        """Purged the night after its creation where the payer never reached the operator, else a year later."""
        if payment.transacted_at is None:
            return self.now >= _next_night(payment.created_at)
        return self.now > payment.transacted_at + READABLE_FOR

    def save(self) -> None:
        ledger = self.ledger
        for idop in list(ledger.payments)[: -self._maximum_payments]:
            del ledger.payments[idop]
        ledger.notices = ledger.notices[-KEPT_NOTICES:]
        save_ledger(ledger, self._state_file)

    def _find_unused(self, idop: str) -> Payment:
        payment = self.find_payment(idop)
        if payment.resultrans in USED_UP:
            raise Fault("P3")
        return payment


_KEPT_AS_RECEIVED = ("numcli", "refdet", "mel", "saisie", "urlnotif", "urlredirect")


def _authorisation(payment: Payment) -> str:
    """In test PayFiP always answers the same number."""
    return str(int(payment.idop[:8], 16) % 1_000_000).zfill(6) if payment.saisie == "W" else "112233445566-tip"


def _due_dates(scenario: Scenario, now: datetime, readable_from: datetime) -> tuple[datetime, ...]:
    late = readable_from + timedelta(seconds=scenario.late_by_seconds)
    return {
        Delivery.NORMAL: (readable_from,),
        Delivery.LOST: (),
        Delivery.DUPLICATED: (readable_from, readable_from),
        Delivery.EARLY: (now,),
        Delivery.LATE: (late,),
    }[scenario.notification]


def _next_night(instant: datetime) -> datetime:
    local = instant.astimezone(PARIS)
    night = local.replace(hour=NIGHT_HOUR, minute=0, second=0, microsecond=0)
    return (night if night > local else night + timedelta(days=1)).astimezone(UTC)
