"""Nobody is sent from the portal to another site."""

import pytest

from portail_app.paths import local_path


@pytest.mark.parametrize("path", ["/", "/factures", "/factures?annee=2026&tri=montant", "/factures/2017-020-002059"])
def test_a_path_of_the_portal_is_followed(path):
    assert local_path(path) == path


@pytest.mark.parametrize(
    "elsewhere",
    [
        "",
        "factures",
        "https://ailleurs.example/",
        "//ailleurs.example/",
        "///ailleurs.example/",
        "/\\ailleurs.example/",
        "\\\\ailleurs.example/",
        "/\t/ailleurs.example/",
        "/\n/ailleurs.example/",
        "/\r\nSet-Cookie: a=b",
        " //ailleurs.example/",
        "javascript:alert(1)",
        "/%2e%2e//ailleurs.example\\",
        "/\u2215ailleurs.example",
    ],
)
def test_anywhere_else_is_the_home_page(elsewhere):
    assert local_path(elsewhere) == "/"
