"""Our cookies: never readable by a script, never sent by another site's page, only over TLS outside a laptop."""

from starlette.responses import Response

from portail_app.settings import settings


def set_cookie(answer: Response, name: str, value: str, max_age: int | None = None) -> None:
    """Kept for `max_age` seconds, or until the browser is closed where None."""
    answer.set_cookie(
        name, value, max_age=max_age, path="/", secure=settings().is_served_securely, httponly=True, samesite="lax"
    )


def delete_cookie(answer: Response, name: str) -> None:
    answer.delete_cookie(name, path="/", secure=settings().is_served_securely, httponly=True, samesite="lax")
