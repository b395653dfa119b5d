"""What a subscriber is about to send of their meter: refused where it cannot be, doubted where it is surprising."""

from dataclasses import dataclass
from datetime import date

from portail_app.errors import Invalid
from portail_app.reading import Reader
from portail_app.services.contracts import Tenure, find_tenure
from portail_app.services.meter_history import MeterHistory, find_history
from portail_app.services.permissions import acting
from portail_app.services.plausibility import Verdict, judge
from portail_app.viewer import Viewer


@dataclass(frozen=True, slots=True)
class SentDraft:
    """What a subscriber typed; `confirmed` is the doubt that they were shown and passed over."""

    index_litres: int
    read_on: date
    comment: str = ""
    confirmed: str = ""


async def check_reading(reader: Reader, viewer: Viewer, number: str, draft: SentDraft, today: date) -> Verdict:
    """What sending it would answer. Raises Invalid for what is refused."""
    _, told = await find_own(reader, viewer, number, draft.read_on)
    return judge_draft(told, draft, today)


async def find_own(reader: Reader, viewer: Viewer, number: str, on: date) -> tuple[Tenure, MeterHistory]:
    """The contract, where the viewer may act for it: a delegate who may only see does not send."""
    await find_tenure(reader, viewer, number)
    with acting(viewer) as actor:
        tenure = await find_tenure(reader, actor, number)
    if on < tenure.since or (tenure.until is not None and on > tenure.until):
        raise Invalid("Ce contrat n’était pas le vôtre à cette date.", field="read_on")
    return tenure, await find_history(reader, tenure)


def judge_draft(told: MeterHistory, draft: SentDraft, today: date) -> Verdict:
    if told.meter is None or told.meter.removed_on is not None:
        raise Invalid("Aucun compteur n’est en service pour ce contrat.")
    return judge(told, told.meter, draft.index_litres, draft.read_on, today)
