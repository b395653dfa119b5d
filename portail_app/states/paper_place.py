"""What the URL of the paper list asks for: the same for the page and for the file that it exports."""

from collections.abc import Mapping
from dataclasses import replace

from portail_app.services.paper_desk import PaperTab
from portail_app.states.places import read_place
from portail_app.states.urls import ListUrl, read_choice

PATH = "/agent/papier"


def read_papers(parameters: Mapping[str, str]) -> ListUrl:
    return read_place(PATH, parameters, read_choice(PaperTab, parameters.get("onglet", ""), PaperTab.PAPERLESS))


def tab_of(url: ListUrl) -> PaperTab:
    return PaperTab(url.tab)


def paper_links(url: ListUrl) -> dict[str, str]:
    """Of each tab, and of the file that says what the page shows."""
    tabs = {tab.value: url.to(tab=tab) for tab in PaperTab}
    return tabs | {"export": str(replace(url, path=f"{PATH}.csv", page=1))}
