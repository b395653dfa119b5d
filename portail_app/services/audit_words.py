"""What the audit trail holds for machines, as staff say it."""

import re
from datetime import datetime

from models import FolderKind, Hold, RequestStatus
from portail_app.formats import instant

_ISO_INSTANT = re.compile(r"\b\d{4}-\d\d-\d\dT[\d:.]+(?:Z|[+-]\d\d:\d\d)")
_ISO_DAY = re.compile(r"\b(\d{4})-(\d\d)-(\d\d)\b")
_WORDS: dict[str, str] = {
    RequestStatus.IN_PROGRESS: "en cours",
    RequestStatus.WAITING: "en attente de l’abonné",
    RequestStatus.RESOLVED: "résolue",
    RequestStatus.REFUSED: "refusée",
    RequestStatus.WITHDRAWN: "annulée",
    Hold.MAY_SEE: "voir les factures",
    Hold.MAY_PAY: "voir et payer les factures",
    FolderKind.SENT: "pièces transmises",
}


def in_words(detail: object) -> str:
    """What was written as a code, an ISO day or an ISO instant, as staff say it."""
    written = _ISO_INSTANT.sub(lambda found: instant(datetime.fromisoformat(found.group())), str(detail))
    return _WORDS.get(written, _ISO_DAY.sub(r"\3/\2/\1", written))
