"""What the repository promises whoever clones it."""

import re
import subprocess
from functools import cache
from importlib.metadata import distributions
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from sqlalchemy import create_engine
from sqlmodel import SQLModel

import models  # noqa: F401
from portail_app.database import sqlalchemy_url
from portail_app.settings import ROOT

REGISTRIES = re.compile(r"pypi\.(org|python)|pythonhosted|registry\.(npmjs|yarnpkg)|deb\.debian|\"resolved\"")
LOCKS = ("requirements.lock", "requirements-dev.lock")


def test_no_file_holds_the_address_of_a_package_registry():
    found = [
        f"{name}: {match.group()}"
        for name in _tracked_files()
        if Path(name) != Path(__file__).relative_to(ROOT)
        if (match := REGISTRIES.search((ROOT / name).read_text(errors="ignore")))
    ]

    assert found == []


def test_every_locked_dependency_has_an_exact_version_and_hashes():
    for lock in LOCKS:
        pins = re.split(r"\n(?=\S)", (ROOT / lock).read_text().strip())

        assert [pin for pin in pins if not re.match(r"(#|[\w.-]+==\S+ \\\n\s+--hash=sha256:)", pin)] == []


def test_the_tests_run_with_the_versions_that_are_served():
    runtime, tests = (_versions(lock) for lock in LOCKS)

    assert runtime.items() <= tests.items()


def test_every_declared_dependency_is_locked():
    declared = re.findall(
        r'^    "([A-Za-z0-9-]+)', (ROOT / "pyproject.toml").read_text().split("[project.scripts]")[0], re.M
    )

    assert {name.lower() for name in declared} <= set(_versions("requirements-dev.lock"))


@pytest.mark.parametrize("python", ["3.11.0", "3.11.7", "3.12.1", "3.13.0"])
@pytest.mark.parametrize(("platform", "machine"), [("linux", "x86_64"), ("linux", "aarch64"), ("darwin", "arm64")])
def test_the_locks_hold_what_each_python_and_machine_needs(python: str, platform: str, machine: str):
    here = {
        "python_full_version": python,
        "python_version": python.rpartition(".")[0],
        "sys_platform": platform,
        "platform_system": platform.capitalize(),
        "platform_machine": machine,
    }
    locked = set(_versions("requirements-dev.lock"))

    assert {name for name in locked & set(_installed()) if _needs(name, here) - locked} == set()


def test_the_migrations_make_the_tables_that_the_entities_describe(database: str):
    with create_engine(sqlalchemy_url(database)).connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "include_name": _is_ours})

        assert compare_metadata(context, SQLModel.metadata) == []


def test_every_setting_of_the_deployment_is_one_that_the_portal_reads():
    named = set(re.findall(r"^([A-Z_]+)=", (ROOT / "deploy" / "portail.env").read_text(), re.M))
    read = set(re.findall(r'environ\.get\("([A-Z_]+)"', (ROOT / "portail_app" / "settings.py").read_text()))

    assert named - {"REFLEX_OPLOCK_ENABLED"} <= read


def _is_ours(name: str | None, kind: str, parents: object) -> bool:
    """The queue's own tables come with its library."""
    return kind != "table" or name in SQLModel.metadata.tables


def _tracked_files() -> list[str]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True)
    return [name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file()]


@cache
def _installed() -> dict[str, list[str]]:
    """What each installed package asks for, by its normal name."""
    return {canonicalize_name(found.metadata["Name"]): found.requires or [] for found in distributions()}


def _needs(name: str, here: dict[str, str]) -> set[str]:
    asked = [Requirement(requirement) for requirement in _installed()[name]]
    return {
        canonicalize_name(one.name) for one in asked if one.marker is None or one.marker.evaluate({**here, "extra": ""})
    }


def _versions(lock: str) -> dict[str, str]:
    return dict(re.findall(r"^([\w.-]+)==(\S+)", (ROOT / lock).read_text(), re.M))
