"""What a link that chooses a password leads to: looked at, used, or sent again. Nobody is signed in yet."""

from dataclasses import dataclass

from portail_app.database import transaction
from portail_app.errors import LinkRefused
from portail_app.services import activations, passwords
from portail_app.services import password_links as links
from portail_app.services.password_policy import NOBODY, Owner, require_good
from portail_app.states import tries
from portail_app.states.clock import now
from portail_app.viewer import Viewer


@dataclass(frozen=True, slots=True)
class Opened:
    """Whose password the link chooses, or why it is not good."""

    owner: Owner = NOBODY
    email: str = ""
    refused: str = ""
    may_send_again: bool = False


async def look_at(link: str) -> Opened:
    """Whose link it is, or why it is not good."""
    async with transaction(Viewer.system()) as session:
        try:
            account, owner = await links.find_owner(session, link, now())
        except LinkRefused as refusal:
            return Opened(refused=refusal.sentence, may_send_again=await links.has_been_sent(session, link))
    return Opened(owner, account.email)


async def give_password(link: str, password: str) -> None:
    """The link is looked at before the hash is computed: a stranger cannot have the portal compute hashes."""
    at = now()
    async with transaction(Viewer.system()) as session:
        _, owner = await links.find_owner(session, link, at)
    require_good(password, owner)
    argon2 = await passwords.hash_password(password)
    async with transaction(Viewer.system()) as session:
        await links.choose_password(session, link, argon2, at)


async def send_again(link: str, address: str) -> str:
    """Another link, to whom this one was sent."""
    async with transaction(Viewer.system()) as session:
        email = await links.find_address(session, link)
    await tries.count_mail(email, address)
    async with transaction(Viewer.system()) as session:
        return await activations.ask_again(session, link, now())
