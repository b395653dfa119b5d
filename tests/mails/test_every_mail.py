"""What holds for each mail, whatever it tells."""

import inspect
import re
from types import ModuleType

import pytest

from portail_app.mails import access, campaigns, documents, leaks, personal, readings, requests
from portail_app.mails.message import as_html
from tests.mails.letters import EVERY, LINK, SENDER, TO_PEOPLE, URL

MODULES = (access, campaigns, documents, leaks, personal, readings, requests)
NOT_MAILS = {"farewell", "shown", "compared_with", "news_of", "received_subject"}  # words of a mail, or about one
STAFFS_OWN = {"received"}  # an acknowledgement in the words that the service has chosen
every_mail = pytest.mark.parametrize("name", EVERY)
every_mail_to_people = pytest.mark.parametrize("name", TO_PEOPLE)


@every_mail
def test_it_greets_first(name):
    assert EVERY[name]().startswith("Bonjour,\n\n")


@every_mail_to_people
def test_it_is_signed_by_the_utility_and_says_that_nobody_reads_the_answers(name):
    closing = EVERY[name]().rpartition("Salutations distinguées,\n")[2]
    assert closing.startswith(f"{SENDER.name}\n\n")
    assert closing.strip().splitlines()[-1].startswith("Merci de ne pas répondre à ce message")


@every_mail
def test_it_is_plain_text_that_ends_with_one_line_break(name):
    text = EVERY[name]()
    assert not re.search(r"</?[a-z]+>|&[a-z]+;|\*\*|\{|\}|None", text)
    assert text.endswith("\n")
    assert not text.endswith("\n\n")


@every_mail
def test_no_line_is_empty_twice_nor_ends_in_spaces(name):
    text = EVERY[name]()
    assert "\n\n\n" not in text
    assert all(line == line.strip() for line in text.splitlines())


@every_mail
def test_its_links_lead_to_the_portal_and_nowhere_else(name):
    links = re.findall(r"https?://\S+", EVERY[name]())
    assert all(link.startswith(f"{URL}/") for link in links)


@every_mail
def test_each_link_stands_alone_on_its_line_so_that_it_can_be_copied(name):
    lines = EVERY[name]().splitlines()
    assert all(line.startswith("http") and " " not in line for line in lines if "http" in line)


@every_mail
def test_a_link_can_be_followed_from_the_html_as_from_the_text(name):
    text = EVERY[name]()
    followed = re.findall(r'href="([^"]+)"', as_html(text))
    assert followed == re.findall(r"https?://\S+", text)


@pytest.mark.parametrize("name", [name for name in EVERY if name not in {"activation", "renewal", "new address"}])
def test_only_the_mails_that_are_made_for_it_hold_a_secret_link(name):
    assert LINK not in EVERY[name]()
    assert "lien=" not in EVERY[name]()


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.__name__.rpartition(".")[2])
def test_no_mail_is_missing_from_this_list(module: ModuleType):
    """A mail that is added is added to `letters.py`, or these tests say nothing of it."""
    listed = inspect.getsource(inspect.getmodule(TO_PEOPLE["activation"]))
    found = inspect.getmembers(module, lambda one: inspect.isfunction(one) and one.__module__ == module.__name__)
    written = {name for name, _ in found if not name.startswith("_")} - NOT_MAILS - STAFFS_OWN
    short = module.__name__.rpartition(".")[2]
    assert {name for name in written if f"{short}.{name}(" not in listed} == set()
