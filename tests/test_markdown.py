"""Staff write Markdown; a page shows HTML that can do no harm."""

import pytest

from portail_app.markdown import render


@pytest.mark.parametrize(
    ("markdown", "html"),
    [
        ("Bonjour **à tous**", "<p>Bonjour <strong>à tous</strong></p>\n"),
        ("# Titre", "<h3>Titre</h3>\n"),
        ("###### Titre", "<h6>Titre</h6>\n"),
        ("- un\n- deux", "<ul>\n<li>un</li>\n<li>deux</li>\n</ul>\n"),
        ("une ligne\nune autre", "<p>une ligne<br>\nune autre</p>\n"),
        (
            "[le site](https://example.fr)",
            '<p><a href="https://example.fr" rel="noopener noreferrer">le site</a></p>\n',
        ),
        ("", ""),
    ],
)
def test_ordinary_markdown_is_rendered(markdown, html):
    assert render(markdown) == html


@pytest.mark.parametrize(
    "attack",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "[clic](javascript:alert(1))",
        "[clic](data:text/html;base64,PHNjcmlwdD4=)",
        "![image](https://example.fr/espion.png)",
        '<a href="https://example.fr" onclick="alert(1)">clic</a>',
        "<style>body{display:none}</style>",
        "<iframe src=https://example.fr></iframe>",
        "<svg/onload=alert(1)>",
        '[clic](https://example.fr "x" onmouseover="alert(1))',
        '<https://example.fr/" onclick=alert(1)>',
    ],
)
def test_nothing_that_acts_comes_out(attack):
    html = render(attack)
    tags = {part.split(">")[0].split(" ")[0] for part in html.split("<")[1:]}
    assert tags <= {"p", "/p", "a", "/a", "br"}
    for part in html.split("<a ")[1:]:
        opening = part.split(">")[0].lower()
        assert "javascript:" not in opening
        assert "data:" not in opening
        assert " on" not in opening.replace("&quot;", "'").split("'")[0].split('" ')[-1].split("=")[0]


def test_headings_follow_those_of_the_page():
    assert render("# Titre").strip() == "<h3>Titre</h3>"
    assert render("# Titre", levels_down=1).strip() == "<h2>Titre</h2>"
    assert render("###### Titre").strip() == "<h6>Titre</h6>"


@pytest.mark.parametrize("number", ["04 67 00 00 00", "+33 4 67 00 00 00", "+334 67 00 00 00"])
def test_a_telephone_number_is_in_one_piece(number):
    whole = number.replace(" ", "&nbsp;")
    assert render(f"Appelez le {number}, ou **{number}**.") == (
        f"<p>Appelez le {whole}, ou <strong>{whole}</strong>.</p>\n"
    )


@pytest.mark.parametrize("words", ["2017 020 002059", "le 04 67 00", "1204 67 00 00 00", "04 67 00 00 001"])
def test_other_figures_are_left_as_they_are(words):
    assert render(words) == f"<p>{words}</p>\n"
