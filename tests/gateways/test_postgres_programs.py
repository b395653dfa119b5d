"""PostgreSQL's own programs, and the account that may run them."""

import os
from pathlib import Path

import pytest

from portail_app.gateways.postgres_account import ServerAccount
from portail_app.gateways.postgres_programs import PostgresPrograms, postgres_programs

MYSELF = ServerAccount(os.geteuid(), os.getegid(), is_other=False)
SOMEBODY_ELSE = ServerAccount(os.geteuid(), os.getegid(), is_other=True)


@pytest.mark.parametrize("name", ["initdb", "pg_ctl", "pg_dump", "pg_restore", "pg_isready", "postgres"])
def test_every_program_that_the_portal_runs_is_in_the_package(name):
    assert os.access(postgres_programs() / name, os.X_OK)


def test_a_program_that_succeeds_has_said_nothing_of_a_failure(tmp_path):
    assert PostgresPrograms(MYSELF, tmp_path).attempt("pg_dump", "--version") == ""


def test_what_a_program_says_when_it_fails_is_given_back(tmp_path):
    said = PostgresPrograms(MYSELF, tmp_path).attempt("pg_dump", "--no-such-option")
    assert "no-such-option" in said


def test_a_program_that_must_succeed_stops_the_start_with_what_it_said(tmp_path):
    with pytest.raises(RuntimeError, match=r"PostgreSQL : initdb a échoué\.\n.*no-such-option"):
        PostgresPrograms(MYSELF, tmp_path).run("initdb", "--no-such-option")


def test_a_program_that_fails_without_a_word_is_told_by_its_code(tmp_path):
    assert PostgresPrograms(MYSELF, tmp_path).attempt("pg_isready", "--quiet", "--host", str(tmp_path)) == "code 2"


def test_a_program_runs_where_its_account_may_enter(tmp_path):
    said = PostgresPrograms(MYSELF, tmp_path / "absent")
    with pytest.raises(OSError, match="absent"):
        said.attempt("pg_dump", "--version")


class TestTheAccount:
    def test_whoever_owns_a_data_folder_runs_its_server(self, tmp_path):
        found = ServerAccount.of(tmp_path / "absent")
        assert found.is_other is (os.geteuid() == 0)
        assert found.uid != 0

    def test_oneself_needs_no_change_of_user(self):
        assert MYSELF.subprocess_options() == {}
        assert SOMEBODY_ELSE.subprocess_options() == {"user": os.geteuid(), "group": os.getegid(), "extra_groups": []}

    def test_a_folder_is_its_owners_alone(self, tmp_path):
        MYSELF.make_folder(tmp_path / "a" / "data")
        assert (tmp_path / "a" / "data").stat().st_mode & 0o777 == 0o700

    def test_the_short_folder_of_a_socket_is_the_same_each_time(self, monkeypatch, tmp_path):
        monkeypatch.setattr("portail_app.gateways.postgres_account.RUNTIME_FOLDERS", tmp_path)
        one, again = (MYSELF.make_private_folder_for(Path("/srv/a")) for _ in range(2))
        other = MYSELF.make_private_folder_for(Path("/srv/b"))

        assert one == again != other
        assert one.parent == tmp_path
        assert one.stat().st_mode & 0o777 == 0o700

    def test_a_socket_is_never_put_into_a_folder_that_others_can_enter(self, monkeypatch, tmp_path):
        monkeypatch.setattr("portail_app.gateways.postgres_account.RUNTIME_FOLDERS", tmp_path)
        MYSELF.make_private_folder_for(Path("/srv/a")).chmod(0o755)
        with pytest.raises(PermissionError, match="devrait appartenir au serveur PostgreSQL et à lui seul"):
            MYSELF.make_private_folder_for(Path("/srv/a"))

    def test_a_link_in_its_place_is_not_followed(self, monkeypatch, tmp_path):
        monkeypatch.setattr("portail_app.gateways.postgres_account.RUNTIME_FOLDERS", tmp_path)
        place = MYSELF.make_private_folder_for(Path("/srv/a"))
        place.rmdir()
        (tmp_path / "elsewhere").mkdir(mode=0o700)
        place.symlink_to(tmp_path / "elsewhere")
        with pytest.raises(PermissionError):
            MYSELF.make_private_folder_for(Path("/srv/a"))

    def test_another_account_may_pass_through_and_not_list(self, tmp_path):
        closed = tmp_path / "closed"
        closed.mkdir(mode=0o700)
        (closed / "data").mkdir(mode=0o700)
        SOMEBODY_ELSE.open_the_way_to(closed / "data")
        assert closed.stat().st_mode & 0o777 == 0o701

    def test_ones_own_folders_are_left_as_they_are(self, tmp_path):
        closed = tmp_path / "closed"
        closed.mkdir(mode=0o700)
        MYSELF.open_the_way_to(closed)
        assert closed.stat().st_mode & 0o777 == 0o700

    def test_no_server_works_in_a_folder_of_nobodys(self, tmp_path):
        assert MYSELF.processes_in(tmp_path) == []
