"""A statement that staff send: only of their own utilities, tried first, told row by row."""

from psycopg import Connection

from portail_app.imports.treasury import NOT_YOURS, StatementReport, read_statement
from tests.imports.desk import Desk
from tests.imports.test_statements import HEADER, LINE


def read(desk: Desk, *lines: str, codes=("demo",), is_rehearsal=False, name="releve.csv") -> StatementReport:
    desk.write(name, *lines)
    return read_statement(desk.url, desk.folder / name, codes, is_rehearsal=is_rehearsal)


def written(rows: Connection) -> int:
    return rows.execute("SELECT count(*) AS n FROM statement_line").fetchone()["n"]


def test_a_rehearsal_tells_the_same_and_writes_nothing(town_hall: Desk, rows: Connection):
    tried = read(town_hall, HEADER, LINE, is_rehearsal=True)
    assert (tried.read, tried.new, tried.written, written(rows)) == (1, 1, 1, 0)

    assert read(town_hall, HEADER, LINE) == tried
    assert written(rows) == 1
    again = read(town_hall, HEADER, LINE)
    assert (again.new, again.unchanged, again.written) == (0, 1, 0)


def test_a_line_of_another_town_is_refused_though_the_town_is_there(town_hall: Desk, rows: Connection):
    report = read(town_hall, HEADER, LINE, codes=("ailleurs", "l'autre"))

    assert (report.new, report.refused, written(rows)) == (0, 1, 0)
    assert [(refused.line, refused.column, refused.reason) for refused in report.refusals] == [
        (2, "collectivite", NOT_YOURS)
    ]


def test_who_manages_no_town_writes_nothing(town_hall: Desk, rows: Connection):
    assert (read(town_hall, HEADER, LINE, codes=()).new, written(rows)) == (0, 0)


def test_a_file_of_staff_or_of_bills_is_no_statement(town_hall: Desk, rows: Connection):
    """Nobody gives themselves a rank by that way."""
    report = read(town_hall, "courriel;collectivite;rang", "bruno@example.fr;demo;administrateur")

    assert (report.read, report.written) == (0, 0)
    assert "En-tête non reconnu" in report.refusals[0].reason
    assert rows.execute("SELECT count(*) AS n FROM staff_role").fetchone()["n"] == 0


def test_wrong_rows_are_told_and_the_right_ones_go_on(town_hall: Desk, rows: Connection):
    report = read(town_hall, HEADER, LINE, "demo;A;32/13/2026;1,00;", "demo;B;20/11/2026;douze;", "demo;C;20/11/2026")

    assert (report.read, report.new, report.refused, written(rows)) == (4, 1, 3, 1)
    assert sorted(refused.line for refused in report.refusals) == [3, 4, 5]


def test_a_corrected_line_counts_as_written(town_hall: Desk, rows: Connection):
    read(town_hall, HEADER, LINE)
    report = read(town_hall, HEADER, LINE.replace("243,11", "243,10"), LINE.replace("059;", "060;"))

    assert (report.new, report.changed, report.unchanged, report.written) == (1, 1, 0, 2)


def test_only_the_first_refusals_are_held(town_hall: Desk):
    wrong = [f"demo;R{number};20/11/2026;beaucoup;" for number in range(50)]
    report = read(town_hall, HEADER, *wrong, is_rehearsal=True)

    assert (len(report.refusals), report.unshown) == (20, 30)
