"""What the portal writes about requests: that something was said, and where to read it. The words themselves, which may
be private, stay on the portal."""

from models import Request, RequestMessage, RequestStatus
from portail_app.mails.access import Sender

_NEWS = {
    RequestStatus.NEW: "elle est rouverte",
    RequestStatus.IN_PROGRESS: "elle est en cours de traitement",
    RequestStatus.WAITING: "le service attend votre réponse",
    RequestStatus.RESOLVED: "elle est résolue",
    RequestStatus.REFUSED: "elle est refusée",
    RequestStatus.WITHDRAWN: "elle est annulée",
}


def received(sender: Sender, request: Request, acknowledgement: str) -> str:
    return f"""Bonjour,

Votre demande « {request.subject} » est enregistrée sous le numéro {request.number}.

{acknowledgement}

Pour la suivre ou la compléter :
{sender.url}/demandes/{request.number}

{_farewell(sender)}"""


def answered(sender: Sender, request: Request, message: RequestMessage) -> str:
    said = "Le service vous a répondu." if message.text else "Votre demande a changé d’état."
    news = f"\n\nVotre demande : {_NEWS[message.status]}." if message.status else ""
    return f"""Bonjour,

{said}{news}

Demande {request.number}, « {request.subject} » :
{sender.url}/demandes/{request.number}

{_farewell(sender)}"""


def news_of(message: RequestMessage) -> str:
    """In the subject of the mail."""
    return _NEWS[message.status] if message.status else "le service vous a répondu"


def arrived(sender: Sender, request: Request) -> str:
    return _to_service(sender, request, "Une nouvelle demande attend une réponse.")


def subscriber_wrote(sender: Sender, request: Request) -> str:
    return _to_service(sender, request, "L’abonné a écrit dans sa demande.")


def assigned(sender: Sender, request: Request) -> str:
    return _to_service(sender, request, "Une demande vous est confiée.")


def _to_service(sender: Sender, request: Request, news: str) -> str:
    return f"""Bonjour,

{news}

Demande {request.number}, « {request.subject} » :
{sender.url}/agent/demandes/{request.number}

{_farewell(sender)}"""


def _farewell(sender: Sender) -> str:
    no_answer = "Merci de ne pas répondre à ce message : écrivez dans la demande."
    return f"Salutations distinguées,\n{sender.name}\n\n{no_answer}\n"
