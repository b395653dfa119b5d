"""What the portal writes about requests: that something was said, and where to read it. The words themselves, which may
be private, stay on the portal."""

from models import Request, RequestChannel, RequestMessage, RequestStatus
from portail_app.mails.access import Sender

_NEWS = {
    RequestStatus.NEW: "elle est rouverte",
    RequestStatus.IN_PROGRESS: "elle est en cours de traitement",
    RequestStatus.WAITING: "le service attend votre réponse",
    RequestStatus.RESOLVED: "elle est résolue",
    RequestStatus.REFUSED: "elle est refusée",
    RequestStatus.WITHDRAWN: "elle est annulée",
}


_AFTER = {
    RequestChannel.PHONE: "À la suite de votre appel",
    RequestChannel.VISIT: "À la suite de votre visite",
    RequestChannel.LETTER: "À la suite de votre courrier",
}


def received_subject(request: Request) -> str:
    how = "enregistrée pour vous par le service" if request.is_taken_down else "enregistrée"
    return f"Votre demande {request.number} est {how}"


def received(sender: Sender, request: Request, acknowledgement: str) -> str:
    return f"""Bonjour,

{_news_of_opening(request)}

{acknowledgement}

Pour la suivre ou la compléter :
{sender.url}/demandes/{request.number}

{_farewell(sender)}"""


def _news_of_opening(request: Request) -> str:
    if not request.is_taken_down:
        return f"Votre demande « {request.subject} » est enregistrée sous le numéro {request.number}."
    return (
        f"{_AFTER[request.channel]}, le service a enregistré pour vous la demande « {request.subject} » "
        f"sous le numéro {request.number}. Si elle ne dit pas ce que vous vouliez, répondez-y."
    )


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
