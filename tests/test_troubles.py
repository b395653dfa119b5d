"""The bad moments of the database and of the disk, through whatever wraps them; and the words of each refusal."""

import errno

import psycopg
import pytest
import sqlalchemy.exc

from portail_app import errors
from portail_app.errors import Invalid, NotFound, NotSignedIn, Overtaken, Refusal, TooLarge, TooManyTries, Unavailable
from portail_app.troubles import find_trouble, is_disk_full, unavailable_in_trouble

AWAY = psycopg.OperationalError("connection refused")


def wrapped(error: BaseException, times: int = 2) -> Exception:
    """As a library raises it: from another."""
    outer: BaseException = error
    for _ in range(times):
        shell = RuntimeError("a library's own")
        shell.__cause__ = outer
        outer = shell
    assert isinstance(outer, Exception)
    return outer


@pytest.mark.parametrize(
    "trouble",
    [
        AWAY,
        psycopg.errors.QueryCanceled("statement timeout"),
        psycopg.errors.LockNotAvailable("lock timeout"),
        psycopg.errors.DiskFull("no space"),
        psycopg.errors.TooManyConnections("too many"),
        psycopg.errors.IdleInTransactionSessionTimeout("idle"),
        sqlalchemy.exc.TimeoutError("no connection is free"),
    ],
    ids=lambda error: type(error).__name__,
)
def test_a_trouble_is_known_however_deep_it_lies(trouble):
    assert find_trouble(trouble) is trouble
    assert find_trouble(wrapped(trouble)) is trouble
    with pytest.raises(Unavailable) as refused, unavailable_in_trouble():
        raise wrapped(trouble)
    assert refused.value.sentence == Unavailable.sentence


@pytest.mark.parametrize(
    "bug",
    [
        ValueError("a bug"),
        psycopg.errors.UniqueViolation("twice"),
        psycopg.errors.UndefinedTable("none"),
        OSError(5, "io"),
    ],
    ids=lambda error: type(error).__name__,
)
def test_a_bug_stays_a_bug(bug):
    assert find_trouble(wrapped(bug)) is None
    with pytest.raises(type(bug)), unavailable_in_trouble():
        raise bug


def test_a_refusal_is_said_as_it_is_even_where_a_trouble_caused_it():
    refusal = NotFound("Facture")
    refusal.__cause__ = AWAY
    with pytest.raises(NotFound), unavailable_in_trouble():
        raise refusal


def test_a_cancelled_event_is_no_trouble():
    with pytest.raises(KeyboardInterrupt), unavailable_in_trouble():
        raise KeyboardInterrupt


def test_nothing_is_said_where_nothing_happens():
    with unavailable_in_trouble():
        done = True
    assert done


def test_the_password_of_the_database_is_not_in_what_is_logged(caplog):
    with pytest.raises(Unavailable), unavailable_in_trouble():
        raise psycopg.OperationalError("refused\nDETAIL: password=secret")
    assert "refused" in caplog.text
    assert "secret" not in caplog.messages[0]


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT, errno.EFBIG])
def test_a_disk_is_full_by_any_of_its_names(number):
    assert is_disk_full(OSError(number, "full"))
    assert is_disk_full(wrapped(OSError(number, "full")))


@pytest.mark.parametrize("error", [OSError(errno.EIO, "io"), OSError(errno.EACCES, "no"), AWAY, ValueError()], ids=repr)
def test_another_failure_of_the_disk_is_not_called_full(error):
    assert not is_disk_full(error)


class TestWords:
    @pytest.mark.parametrize(
        ("seconds", "words"),
        [(0, "1 minute"), (1, "1 minute"), (60, "1 minute"), (61, "2 minutes"), (900, "15 minutes")],
    )
    def test_how_long_to_wait_is_rounded_up(self, seconds, words):
        assert TooManyTries(seconds).sentence == f"Trop de tentatives. Réessayez dans {words}."

    @pytest.mark.parametrize(("size", "shown"), [(25_000_000, "25"), (1_500_000, "1,5"), (500_000, "0,5")])
    def test_the_largest_file_is_said_in_megabytes(self, size, shown):
        assert TooLarge(size).sentence.startswith(f"Ce fichier est trop gros : {shown} Mo au plus.")

    def test_who_wrote_meanwhile_is_named_where_known(self):
        assert Overtaken("Chloé Durand").sentence.startswith("Chloé Durand a écrit entre-temps.")
        assert Overtaken("").sentence.startswith("Quelqu’un a écrit entre-temps.")

    def test_what_is_missing_and_what_is_anothers_are_the_same_words(self):
        assert NotFound("Facture").sentence == "Facture introuvable."

    def test_who_is_not_signed_in_knows_where_to_come_back_to(self):
        assert NotSignedIn("/factures?annee=2026").return_to == "/factures?annee=2026"
        assert NotSignedIn().return_to == "/"

    def test_what_is_invalid_names_its_field(self):
        assert (Invalid().sentence, Invalid().field) == (Invalid.sentence, "")
        assert Invalid("Donnez un titre.", field="title").field == "title"

    @pytest.mark.parametrize(
        "kind", [one for one in vars(errors).values() if isinstance(one, type) and issubclass(one, Refusal)]
    )
    def test_every_refusal_is_a_french_sentence(self, kind):
        assert kind.sentence[0].isupper()
        assert kind.sentence.endswith(".")
        assert "'" not in kind.sentence
