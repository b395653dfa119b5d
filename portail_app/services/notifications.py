"""What the portal writes mails about: the one list of events, and what each account wants to receive of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.dialects.postgresql import insert
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from models import Account, MailEvent, NotificationChoice
from portail_app.errors import Invalid
from portail_app.viewer import Viewer


@dataclass(frozen=True, slots=True)
class Notification:
    """An event as people read of it. `reason` says why it cannot be refused, where it cannot."""

    event: MailEvent
    label: str
    explanation: str
    reason: str = ""

    @property
    def may_be_refused(self) -> bool:
        return not self.reason


NOTIFICATIONS = (
    Notification(MailEvent.INVOICE, "Nouvelle facture", "Une facture est arrivée sur votre espace."),
    Notification(MailEvent.REMINDER, "Échéance proche", "Une facture reste à régler et sa date limite approche."),
    Notification(MailEvent.REQUEST, "Mes demandes", "Une de vos demandes a reçu une réponse ou change d’état."),
    Notification(MailEvent.DOCUMENT, "Nouveau document", "Le service a déposé un document pour vous."),
    Notification(MailEvent.READING, "Relève du compteur", "Une campagne de relève commence, une relève est traitée."),
    Notification(MailEvent.CONSUMPTION, "Ma consommation", "Votre consommation sort de l’ordinaire."),
    Notification(MailEvent.NOTICE, "Informations du service", "Le service publie une information importante."),
    Notification(
        MailEvent.LEAK,
        "Fuite possible",
        "Votre consommation a plus que doublé.",
        "La loi oblige le service à vous en avertir (article L2224-12-4 du CGCT).",
    ),
    Notification(
        MailEvent.DEBIT,
        "Prélèvement à venir",
        "La date et le montant d’un prélèvement.",
        "Vous devez en être averti avant que la somme ne soit débitée.",
    ),
    Notification(
        MailEvent.RECEIPT, "Reçu de paiement", "La preuve d’un paiement fait en ligne.", "C’est votre preuve."
    ),
    Notification(
        MailEvent.PAPER,
        "Factures au format papier",
        "La confirmation de votre choix.",
        "C’est la preuve datée de votre choix.",
    ),
    Notification(
        MailEvent.ACCOUNT,
        "Sécurité du compte",
        "Votre adresse mail, votre mot de passe ou les personnes autorisées ont changé.",
        "Vous devez pouvoir réagir si ce n’est pas vous.",
    ),
    Notification(
        MailEvent.ACCESS, "Accès au portail", "Les liens que vous demandez.", "Sans eux, vous ne pourriez plus entrer."
    ),
)
"""All that an account is shown; what goes to the service itself (`MailEvent.SERVICE`) is not one's to choose."""

REFUSABLE = frozenset(one.event for one in NOTIFICATIONS if one.may_be_refused)


@dataclass(frozen=True, slots=True)
class Chosen:
    """An event and whether the account wants its mails; `reason` says why they are always sent, where they are."""

    event: str
    label: str
    explanation: str
    reason: str
    is_wanted: bool


async def list_choices(session: AsyncSession, viewer: Viewer) -> list[Chosen]:
    refused = set(await _refused_by(session, viewer.account_id or 0))
    return [
        Chosen(one.event.value, one.label, one.explanation, one.reason, one.event not in refused)
        for one in NOTIFICATIONS
    ]


async def choose_notification(
    session: AsyncSession, viewer: Viewer, event: str, is_wanted: bool, now: datetime
) -> None:
    """Raises Invalid for what is no event, or one whose mails are always sent."""
    if event not in REFUSABLE:
        raise Invalid("Ce message est toujours envoyé : il ne peut pas être refusé.")
    values = {"event": MailEvent(event), "is_wanted": is_wanted, "chosen_at": now}
    chosen = insert(NotificationChoice).values(account_id=viewer.account_id, **values)
    await session.exec(
        chosen.on_conflict_do_update(
            index_elements=["account_id", "event"],
            set_={"is_wanted": chosen.excluded.is_wanted, "chosen_at": chosen.excluded.chosen_at},
        )
    )


async def is_refused(session: AsyncSession, email: str, event: MailEvent) -> bool:
    """Whether whoever has that address wants no mail of the event. A stranger has refused nothing."""
    if event not in REFUSABLE:
        return False
    refusal = (
        select(NotificationChoice.id)
        .join(Account, col(Account.id) == NotificationChoice.account_id)
        .where(Account.email == email, NotificationChoice.event == event, col(NotificationChoice.is_wanted).is_(False))
    )
    return (await session.exec(refusal)).first() is not None


async def _refused_by(session: AsyncSession, account_id: int) -> Sequence[str]:
    refused = select(NotificationChoice.event).where(
        NotificationChoice.account_id == account_id, col(NotificationChoice.is_wanted).is_(False)
    )
    return (await session.exec(refused)).all()
