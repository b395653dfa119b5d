"""`/demo/courrier`: the mails that the demonstration shows instead of sending, with their links."""

from html import escape

from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.routing import Route

from models import Mail
from portail_app.database import transaction
from portail_app.formats import instant
from portail_app.mails.message import paragraphs
from portail_app.services.mails import list_shown_mails
from portail_app.settings import settings
from portail_app.viewer import Viewer

SHEETS = ("tokens", "base", "layout", "surfaces")
STYLES = "".join(f'<link rel="stylesheet" href="/styles/{name}.css">' for name in SHEETS)
NOTHING_YET = """<p>Aucun courrier pour l’instant.
Activez un compte ou demandez un nouveau mot de passe : le courrier arrivera ici.</p>"""


async def show_mails(request: Request) -> Response:
    """Only in the demonstration: secret links are on this page."""
    if not settings().is_mail_shown:
        return PlainTextResponse("Page introuvable.", 404)
    async with transaction(Viewer.system()) as session:
        mails = await list_shown_mails(session)
    return HTMLResponse(_page("".join(_letter(mail, text) for mail, text in mails) or NOTHING_YET))


routes = [Route("/demo/courrier", show_mails, methods=["GET"])]


def _page(content: str) -> str:
    return f"""<!doctype html>
<html lang="fr">
<head>
<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Courrier de la démonstration</title>{STYLES}
</head>
<body>
<main class="stack" style="max-width:45rem;margin:0 auto;padding:1.5rem">
<h1>Courrier de la démonstration</h1>
<p>Rien n’est envoyé : les messages du portail arrivent ici, le plus récent en premier.
<a href="/demo/courrier">Actualiser</a> · <a href="/connexion">Se connecter</a></p>
{content}
</main>
</body>
</html>"""


def _letter(mail: Mail, text: str) -> str:
    return f"""<article class="card stack">
<h2>{escape(mail.subject)}</h2>
<p>À {escape(mail.recipient)}, le {instant(mail.created_at)}</p>
{paragraphs(text)}
</article>"""
