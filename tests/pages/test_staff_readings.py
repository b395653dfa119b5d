"""/agent/releves, as it reads: all that helps to judge a reading, and no empty line."""

from datetime import UTC, datetime

from portail_app.services.reading_desk import ReviewRow
from portail_app.states.reading_review import ReadingReviewState
from tests.factories import TODAY
from tests.screens import Shown, page, tab_of

AT = datetime(2026, 6, 30, 22, 30, tzinfo=UTC)


async def test_a_reading_is_judged_with_all_that_helps_and_its_doubt_first():
    card = card_of(await reviewing(doubt="Très élevé.", has_photo=True, comment="Fuite ?"), "Contrat C1")

    assert "Très élevé. L’abonné a confirmé." in card.words()
    assert dict(zip(card.said("dt"), card.said("dd"), strict=True)) == {
        "Index transmis": "812,340 m³",
        "Relevé le": "22/11/2026",
        "Dernier index": "800 m³ le 22/11/2026",
        "Abonné": "Alice Martin, 3 rue Haute",
        "Compteur": "A-1",
        "Transmis le": "01/07/2026 00:30",
        "Commentaire": "Fuite ?",
        "Photo": "Voir la photo",
    }
    assert card.pressed("Valider") == ("accept", {"sent_id": 3})


async def test_a_reading_without_photo_doubt_or_past_shows_no_empty_line():
    card = card_of(await reviewing(last_read_on=None, last_index_litres=None, comment="Fuite ?"), "Contrat C1")
    assert card.said("dt") == ["Index transmis", "Relevé le", "Abonné", "Compteur", "Transmis le", "Commentaire"]
    assert "L’abonné a confirmé" not in card.words()


async def test_what_is_wrong_with_one_reading_is_said_at_that_one():
    rows = (review_row(), review_row(id=4, contract="C2"))
    tab = await tab_of(
        ReadingReviewState, waiting=rows, is_loaded=True, error="Dites pourquoi.", error_field="reason-4"
    )
    seen = page("/agent/releves", tab)
    assert [card_of(seen, f"Contrat {name}").said("p", className="field-error") for name in ("C1", "C2")] == [
        ["", ""],
        ["", "Dites pourquoi."],
    ]


def review_row(**values: object) -> ReviewRow:
    where = {"id": 3, "contract": "C1", "sender": "Alice Martin", "address": "3 rue Haute", "serial": "A-1"}
    read = {"index_litres": 812_340, "read_on": TODAY, "last_index_litres": 800_000, "last_read_on": TODAY}
    rest = {"sent_at": AT, "comment": "", "doubt": "", "has_photo": False, "state": "a_valider", "refusal_reason": ""}
    return ReviewRow(**{**where, **read, **rest, "corrected_index_litres": None, **values})


async def reviewing(**values: object) -> Shown:
    return page("/agent/releves", await tab_of(ReadingReviewState, waiting=(review_row(**values),), is_loaded=True))


def card_of(seen: Shown, title: str) -> Shown:
    (card,) = (each for each in seen.every("section") if each.said("h2") == [title])
    return card
