"""`portail new`: a kind of data from the table to the page, to be gone on with."""

import subprocess
import sys
from pathlib import Path

import click

from portail_app.cli.failures import explained
from portail_app.settings import ROOT

EXAMPLE = (
    'portail new vehicle "Mes véhicules" Véhicule plate:texte:Immatriculation '
    "since_on:date:Depuis fee_cents:euros:Redevance"
)
NEXT = """
Ensuite :
  - relisez ces fichiers : ils sont à vous ;
  - make unit, puis make dev : la page est à {route} ;
  - le menu est dans portail_app/components/layout/frame.py ;
  - pour l’importer d’un fichier : portail_app/imports/kinds.py et docs/import.md."""


@click.command("new", short_help="Écrit une nouvelle sorte de données, de la table à la page.", epilog=EXAMPLE)
@click.argument("noun")
@click.argument("title")
@click.argument("called")
@click.argument("fields", nargs=-1, required=True)
@click.option("--plural", default="", help="Le pluriel anglais, où il ne suffit pas d’un s.")
@click.option("--route", default="", help="L’adresse de la page, faite du titre sans cela.")
def new_command(noun: str, title: str, called: str, fields: tuple[str, ...], plural: str, route: str) -> None:
    """Écrit l’entité, sa migration, son service, son état, sa page et son test.

    NOUN est un nom anglais (vehicle), TITLE le titre de la page, CALLED le nom français d’une ligne ; chaque champ
    est nom:sorte:Libellé, où la sorte est texte, date, euros ou nombre. Rien n’est écrit si quelque chose manque.
    """
    from portail_app.scaffolding.fields import read_fields
    from portail_app.scaffolding.noun import read_noun
    from portail_app.scaffolding.slice import draw_slice, write_slice

    if not (ROOT / "tests").is_dir():
        raise click.ClickException("portail new s’emploie dans une copie du projet, avec ses tests.")
    try:
        named = read_noun(noun, title, called, many=plural, route=route)
        files = draw_slice(ROOT, named, read_fields(fields))
    except ValueError as refusal:
        raise click.ClickException(str(refusal)) from refusal
    with explained():
        write_slice(ROOT, files)
    _arrange(list(files))
    click.echo("\n".join(files) + "\n" + NEXT.format(route=named.route))


def _arrange(paths: list[str]) -> None:
    """As `make lint` wants them, whatever the length of the names."""
    ruff = Path(sys.executable).with_name("ruff")
    if ruff.exists():
        subprocess.run([str(ruff), "check", "--select", "I", "--fix", "--quiet", *paths], cwd=ROOT, check=False)  # noqa: S603
        subprocess.run([str(ruff), "format", "--quiet", *paths], cwd=ROOT, check=False)  # noqa: S603
