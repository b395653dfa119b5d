"""What is shown while something takes its time, and told at its end."""

import io

from rich.console import Console

from portail_app.cli import import_report, progress
from portail_app.cli.import_report import print_refusals, print_reports
from portail_app.cli.progress import progress_bars
from portail_app.imports.reports import FileReport, RefusalLog, RefusedRow


def on_a_terminal(monkeypatch, module) -> io.StringIO:
    written = io.StringIO()
    monkeypatch.setattr(module, "Console", lambda **how: Console(file=written, width=200, force_terminal=True))
    return written


def on_paper(monkeypatch) -> io.StringIO:
    written = io.StringIO()
    make = lambda **how: Console(file=written, width=200, **{"soft_wrap": how.get("soft_wrap", False)})  # noqa: E731
    monkeypatch.setattr(import_report, "Console", make)
    return written


def report(log: RefusalLog, name: str = "factures.csv", **counts: int) -> FileReport:
    made = FileReport(name, log)
    made.kind = "factures"
    for field, count in counts.items():
        setattr(made, field, count)
    return made


def refuse(log: RefusalLog, line: int, column: str = "date", value: str = "32/07", reason: str = "illisible") -> None:
    log.add(RefusedRow("factures.csv", line, column, value, reason))


def test_each_file_has_its_bar_and_its_share(monkeypatch):
    written = on_a_terminal(monkeypatch, progress)
    with progress_bars() as advance:
        advance("factures.csv", 50, 100)
        advance("releves.csv", 1, 4)
        advance("factures.csv", 100, 100)

    assert "factures.csv" in written.getvalue()
    assert "100 %" in written.getvalue()
    assert " 25 %" in written.getvalue()


def test_a_files_name_is_not_markup(monkeypatch):
    written = on_a_terminal(monkeypatch, progress)
    with progress_bars() as advance:
        advance("[red]factures[/red].csv", 1, 2)

    assert "[red]factures[/red].csv" in written.getvalue()


def test_nothing_is_drawn_into_a_file(capfd):
    with progress_bars() as advance:
        advance("factures.csv", 1, 2)
    assert capfd.readouterr().err == ""


def test_thousands_are_set_apart(monkeypatch):
    written = on_paper(monkeypatch)
    with RefusalLog() as log:
        print_reports([report(log, read=1_234_567, new=1_234_567)], dry_run=False)
    assert "1 234 567" in written.getvalue()


def test_a_file_of_no_kind_is_said_to_be_refused(monkeypatch):
    written = on_paper(monkeypatch)
    with RefusalLog() as log:
        odd = report(log, "photo.csv")
        odd.kind = ""
        print_reports([odd], dry_run=False)

    assert "refusé" in written.getvalue()
    assert "Rien n’a changé" not in written.getvalue()


def test_what_was_already_there_is_said_in_a_sentence(monkeypatch):
    written = on_paper(monkeypatch)
    with RefusalLog() as log:
        print_reports([report(log, read=3, unchanged=3)], dry_run=False)
    assert "Rien n’a changé : tout était déjà enregistré." in written.getvalue()


def test_one_changed_row_is_no_nothing(monkeypatch):
    written = on_paper(monkeypatch)
    with RefusalLog() as log:
        print_reports([report(log, read=3, unchanged=2, changed=1)], dry_run=False)
    assert "Rien n’a changé" not in written.getvalue()


def test_a_refusal_says_where_what_and_why(monkeypatch):
    written = on_paper(monkeypatch)
    with RefusalLog() as log:
        refuse(log, 12)
        print_refusals(log, None)
    assert written.getvalue().strip() == "factures.csv, ligne 12 : date « 32/07 » : illisible"


def test_a_refusal_of_the_file_itself_names_no_line_and_no_column(monkeypatch):
    written = on_paper(monkeypatch)
    with RefusalLog() as log:
        refuse(log, 0, "", "", "Fichier vide.")
        print_refusals(log, None)
    assert written.getvalue().strip() == "factures.csv : Fichier vide."


def test_what_a_cell_holds_is_not_markup(monkeypatch):
    written = on_paper(monkeypatch)
    with RefusalLog() as log:
        refuse(log, 2, value="[bold]A[/bold]")
        print_refusals(log, None)
    assert "[bold]A[/bold]" in written.getvalue()


def test_those_that_are_not_shown_are_counted_and_the_report_is_named(monkeypatch, tmp_path):
    written = on_paper(monkeypatch)
    with RefusalLog(tmp_path / "refus.csv", 2) as log:
        for line in range(2, 7):
            refuse(log, line)
        print_refusals(log, tmp_path / "refus.csv")

    assert written.getvalue().count("illisible") == 2
    assert "… et 3 autres refus." in written.getvalue()
    assert f"Tous les refus sont dans {tmp_path / 'refus.csv'}." in written.getvalue().replace("\n", "")


def test_without_a_refusal_nothing_is_said_of_the_report(monkeypatch, tmp_path):
    written = on_paper(monkeypatch)
    with RefusalLog(tmp_path / "refus.csv") as log:
        print_refusals(log, tmp_path / "refus.csv")
    assert written.getvalue() == ""
