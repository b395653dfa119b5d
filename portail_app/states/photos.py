"""The photo of a reading that was sent: it goes over HTTP, which comes back with a word in the URL."""

from typing import Any

from portail_app.services.sent_readings import PhotoAnswer
from portail_app.settings import settings
from portail_app.states.browser import ask_browser
from portail_app.states.urls import read_choice

KEPT_READING = "Votre relève est bien transmise, mais pas la photo"
KEPT = "Votre relève est transmise avec sa photo. Elle attend d’être validée par le service."
REFUSED = {
    PhotoAnswer.TOO_LARGE: f"{KEPT_READING} : elle est trop lourde ({{most}} Mo au plus).",
    PhotoAnswer.NOT_AN_IMAGE: f"{KEPT_READING} : ce fichier n’est pas une image lisible (JPEG, HEIC, PNG ou WebP).",
    PhotoAnswer.TOO_MANY_PIXELS: f"{KEPT_READING} : elle a trop de pixels, envoyez une photo ordinaire.",
    PhotoAnswer.NOT_KEPT: f"{KEPT_READING} : elle n’a pas pu être enregistrée.",
    PhotoAnswer.TOO_LATE: f"{KEPT_READING} : le service a déjà répondu.",
}


def ask_for_photo(sent_id: int | None) -> Any:
    """The event with which the browser sends the photo that was chosen, if one was."""
    return ask_browser("sendFile", "photo-form", f"/releves/{sent_id}/photo")


def answer_of(word: str) -> tuple[str, str]:
    """What is said to be done, and what is said to be wrong; neither for a word that is none of ours."""
    answer = read_choice(PhotoAnswer, word, PhotoAnswer.NONE)
    refused = REFUSED.get(answer, "").format(most=settings().photo_megabytes)
    return (KEPT if answer is PhotoAnswer.KEPT else ""), refused
