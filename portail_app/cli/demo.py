"""`portail demo`: what `make run` shows, from nothing to a portal with people and bills in it."""

import os
from concurrent.futures import ThreadPoolExecutor

import click

from portail_app.cli.failures import explained

WELCOME = """
  Le portail répond sur {url}   (Ctrl-C pour arrêter)

  Trois comptes, mot de passe Portail-2026 :
    alice@example.fr   abonnée, plusieurs factures à régler, dont 2017-020-002059
    bruno@example.fr   son voisin, qui ne voit rien d’elle
    chloe@example.fr   agente, qui suspend les paiements et publie l’avis important

  À essayer :
    1. comme Alice, choisir des factures, les payer : la page de paiement simulée accepte, refuse ou abandonne ;
    2. comme Chloé, dans un autre navigateur, suspendre les paiements : la page d’Alice l’apprend aussitôt ;
    3. activer un compte ou oublier un mot de passe : le courriel arrive dans {url}/demo/courrier
    4. comme Alice, suivre dix ans de consommation (Mes contrats), transmettre une relève ; Chloé la valide ;
    5. comme Alice, faire une demande (Mes demandes), avec une photo ; Chloé répond, et la réponse apparaît aussitôt ;
    6. comme Alice, déposer un fichier (Mes documents) ; Chloé le classe, ou publie un document à tous ;
    7. faire échouer un paiement de toutes les façons : {url}/demo/payfip/reglages
"""


@click.command("demo", short_help="Sert une démonstration complète.")
def demo_command() -> None:
    """Prépare une base, des abonnés, des factures et des comptes, puis sert le portail avec un paiement simulé."""
    os.environ["PORTAL_DEMO"] = "1"
    with explained():
        _prepare_and_serve()


def _prepare_and_serve() -> None:
    from portail_app.demo_data.town import prepare_town
    from portail_app.serving.frontend import build_if_stale
    from portail_app.serving.listening import claim
    from portail_app.serving.server import serve
    from portail_app.settings import settings

    sockets = claim("localhost", settings().port)
    click.echo("Préparation : pages, base de données, abonnés et factures…", err=True)
    with ThreadPoolExecutor() as both:
        building = both.submit(build_if_stale)
        prepare_town()
        building.result()
    serve(sockets, 1, lambda: click.echo(WELCOME.format(url=settings().url)))
