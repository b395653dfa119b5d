"""How staff change the types of requests: what they ask, who handles them, what the subscriber is told."""

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, replace

from sqlmodel import col, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from models import AnswerKind, Question, RequestKind, RequestType, StaffRank, Utility
from portail_app.errors import Forbidden, Invalid, NotFound
from portail_app.services import audit
from portail_app.services.permissions import require_rank
from portail_app.services.request_answers import check_text
from portail_app.services.request_desk import list_colleagues
from portail_app.services.slugs import first_free, slug_of
from portail_app.viewer import Viewer

MOST_QUESTIONS = 30
MOST_CHOICES = 30
LONGEST_NAME = 120
LONGEST_WORDS = 2_000
LONGEST_DELAY = 365
ALWAYS_OPEN = "Cette demande part d’une page du portail : elle reste proposée aux abonnés."
NO_QUESTIONS = "Cette demande n’a pas de questions : elle part de la page « Mes données personnelles »."


@dataclass(frozen=True, slots=True)
class TypeDraft:
    """What staff write about a type, its questions apart."""

    name: str
    guidance: str
    acknowledgement: str
    handler_id: int | None
    due_days: int
    is_active: bool


async def list_types(session: AsyncSession, viewer: Viewer) -> list[RequestType]:
    """Of every utility that the viewer works for, in the order in which subscribers see them."""
    if not viewer.is_staff:
        raise Forbidden
    known = select(RequestType).where(col(RequestType.utility_id).in_(viewer.staffed_utility_ids))
    ordered = known.order_by(col(RequestType.utility_id), col(RequestType.position), col(RequestType.id))
    return list((await session.exec(ordered)).all())


async def find_type(session: AsyncSession, viewer: Viewer, type_id: int) -> RequestType:
    """A type of the staff's own utilities, held until the transaction ends."""
    known = select(RequestType).where(
        col(RequestType.utility_id).in_(viewer.staffed_utility_ids), RequestType.id == type_id
    )
    found = (await session.exec(known.with_for_update().execution_options(populate_existing=True))).one_or_none()
    if found is None:
        raise NotFound("Type de demande")
    return found


async def add_type(session: AsyncSession, viewer: Viewer, utility_id: int, name: str) -> RequestType:
    """A new form with one question, closed to subscribers until staff open it."""
    require_rank(viewer, utility_id, StaffRank.MANAGER)
    name = _check_name(name)
    await session.exec(select(Utility.id).where(Utility.id == utility_id).with_for_update(key_share=True))
    last = select(func.coalesce(func.max(col(RequestType.position)), 0)).where(RequestType.utility_id == utility_id)
    made = RequestType(
        utility_id=utility_id,
        code=await _free_code(session, utility_id, name),
        name=name,
        position=(await session.exec(last)).one() + 1,
        is_active=False,
        declared_questions=[_declared(Question("description", "Votre demande", AnswerKind.LONG_TEXT))],
    )
    session.add(made)
    audit.record(session, viewer, "Type de demande créé", name, utility_id=utility_id)
    await session.flush()
    return made


async def write_type(session: AsyncSession, viewer: Viewer, type_id: int, draft: TypeDraft) -> RequestType:
    written = await _hold(session, viewer, type_id)
    _check(draft)
    if written.kind is not RequestKind.FORM and not draft.is_active:
        raise Invalid(ALWAYS_OPEN, field="is_active")
    working = {one.account_id for one in await list_colleagues(session, written.utility_id)}
    if draft.handler_id is not None and draft.handler_id not in working:
        raise NotFound("Agent")
    former = {"nom": written.name, "délai": written.due_days, "ouvert": "oui" if written.is_active else "non"}
    for name, value in asdict(draft).items():
        setattr(written, name, value.strip() if isinstance(value, str) else value)
    audit.record(
        session,
        viewer,
        "Type de demande modifié",
        written.name,
        utility_id=written.utility_id,
        details={"avant": ", ".join(f"{name} {value}" for name, value in former.items())},
    )
    await session.flush()
    return written


async def write_question(
    session: AsyncSession, viewer: Viewer, type_id: int, place: int | None, question: Question
) -> None:
    """Instead of the question at that place, counted from 0; after the last where None. Its name never changes."""

    def put(asked: list[Question]) -> list[Question]:
        checked = _check_question(question)
        if place is None:
            return [*asked, replace(checked, name=_free_name(asked, checked.label))]
        return [*asked[:place], replace(checked, name=asked[place].name), *asked[place + 1 :]]

    await _change_questions(session, viewer, type_id, place, put)


async def move_question(session: AsyncSession, viewer: Viewer, type_id: int, place: int, by: int) -> None:
    """Up where `by` is negative; nothing where there is no further to go."""

    def move(asked: list[Question]) -> list[Question]:
        moved = asked.pop(place)
        asked.insert(max(0, place + by), moved)
        return asked

    await _change_questions(session, viewer, type_id, place, move)


async def remove_question(session: AsyncSession, viewer: Viewer, type_id: int, place: int) -> None:
    """Requests sent with it keep their answer."""

    def remove(asked: list[Question]) -> list[Question]:
        return [*asked[:place], *asked[place + 1 :]]

    await _change_questions(session, viewer, type_id, place, remove)


async def _change_questions(
    session: AsyncSession,
    viewer: Viewer,
    type_id: int,
    place: int | None,
    change: Callable[[list[Question]], list[Question]],
) -> None:
    changed = await _hold(session, viewer, type_id)
    if changed.kind is RequestKind.PERSONAL_DATA:
        raise Invalid(NO_QUESTIONS, field="label")
    asked = list(changed.questions)
    if place is not None and not 0 <= place < len(asked):
        raise NotFound("Question")
    asked = change(asked)
    if not 1 <= len(asked) <= MOST_QUESTIONS:
        raise Invalid(f"Un formulaire a de 1 à {MOST_QUESTIONS} questions.", field="label")
    changed.declared_questions = [_declared(question) for question in asked]
    audit.record(session, viewer, "Questions d’une demande modifiées", changed.name, utility_id=changed.utility_id)
    await session.flush()


async def _hold(session: AsyncSession, viewer: Viewer, type_id: int) -> RequestType:
    held = await find_type(session, viewer, type_id)
    require_rank(viewer, held.utility_id, StaffRank.MANAGER)
    return held


def _check(draft: TypeDraft) -> None:
    _check_name(draft.name)
    check_text(draft.guidance, "guidance", LONGEST_WORDS)
    check_text(draft.acknowledgement, "acknowledgement", LONGEST_WORDS)
    if not 0 <= draft.due_days <= LONGEST_DELAY:
        raise Invalid(f"Indiquez un délai de 0 à {LONGEST_DELAY} jours.", field="due_days")


def _check_name(name: str) -> str:
    name = check_text(name, "name", LONGEST_NAME)
    if not name:
        raise Invalid("Donnez un nom à ce type de demande.", field="name")
    return name


def _check_question(question: Question) -> Question:
    label = check_text(question.label, "label", LONGEST_NAME)
    if not label:
        raise Invalid("Écrivez la question.", field="label")
    choices = tuple(dict.fromkeys(check_text(one, "choices", LONGEST_NAME) for one in question.choices if one.strip()))
    is_choice = question.kind is AnswerKind.CHOICE
    if is_choice and not 2 <= len(choices) <= MOST_CHOICES:
        raise Invalid(f"Donnez de 2 à {MOST_CHOICES} réponses au choix, une par ligne.", field="choices")
    hint = check_text(question.hint, "hint", LONGEST_WORDS)
    return replace(question, label=label, hint=hint, choices=choices if is_choice else ())


def _declared(question: Question) -> dict[str, object]:
    return asdict(question) | {"choices": list(question.choices)}


def _free_name(asked: Sequence[Question], label: str) -> str:
    taken = {question.name for question in asked}
    return first_free(slug_of(label)[:30], taken)


async def _free_code(session: AsyncSession, utility_id: int, name: str) -> str:
    known = select(RequestType.code).where(RequestType.utility_id == utility_id)
    return first_free(slug_of(name)[:34], set((await session.exec(known)).all()))
