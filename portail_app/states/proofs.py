"""Proving that one is who one says, by the password: counted before it is tried, wherever it is asked for."""

from portail_app.database import transaction
from portail_app.errors import Invalid
from portail_app.services import credentials, passwords
from portail_app.services.password_policy import hint_on
from portail_app.states import tries
from portail_app.viewer import Viewer

WRONG_PRESENT = "Le mot de passe actuel est incorrect."
PRESENT = "current_password"


async def prove(
    email: str, password: str, address: str, *, wrong: str = credentials.WRONG, field: str = "password"
) -> credentials.Credentials:
    """The hash is computed while no connection is held. Raises TooManyTries, and Invalid with `wrong` at `field`; what
    was not typed is asked for, and counts for no try. A space at an end of it is told of, never taken away."""
    if not email:
        raise Invalid("Saisissez votre identifiant : c’est votre adresse mail.", field="email")
    if not password:
        raise Invalid("Saisissez votre mot de passe.", field=field)
    await tries.count_sign_in(email, address)
    async with transaction(Viewer.system()) as session:
        known = await credentials.find_credentials(session, email)
    if not await passwords.verify_password(known.argon2 if known else None, password) or known is None:
        raise Invalid(f"{wrong} {hint_on(password)}".strip(), field=field)
    return known


async def prove_present(viewer: Viewer, password: str, address: str) -> credentials.Credentials:
    """Of who is signed in already: a browser left open is not enough to take an account away."""
    proven = await prove(viewer.email, password, address, wrong=WRONG_PRESENT, field=PRESENT)
    async with transaction(Viewer.system()) as session:
        await tries.forgive(session, viewer.email, address)
    return proven
