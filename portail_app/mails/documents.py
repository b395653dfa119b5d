"""What the portal writes about documents."""

from portail_app.mails.access import Sender, farewell

DEPOSIT_SUBJECT = "Document déposé"
PUBLISHED_SUBJECT = "Un nouveau document est disponible"


def deposited(sender: Sender, subscriber: str, name: str) -> str:
    return f"""Bonjour,

{subscriber} a déposé un document sur le portail : {name}

Les documents à classer :
{sender.url}/agent/documents

{sender.name}
"""


def published(sender: Sender, name: str) -> str:
    return f"""Bonjour,

Un nouveau document est disponible dans votre espace : {name}

Vos documents :
{sender.url}/documents

{farewell(sender)}"""
