"""The number in a path."""

from starlette.requests import Request

from portail_app.errors import NotFound
from portail_app.states.access import LARGEST_NUMBER


def number_in(request: Request, noun: str) -> int:
    """Of `/.../{id:int}`. What no row can have is missing, as any other that there is not."""
    number: int = request.path_params["id"]
    if number > LARGEST_NUMBER:
        raise NotFound(noun)
    return number
