"""A form's file that may be a telephone's photo: a HEIC, which few programs open, becomes a JPEG on its way in."""

from io import BytesIO

from starlette.datastructures import FormData, UploadFile

from portail_app.errors import TooLarge, WrongKind
from portail_app.gateways.file_kinds import HEAD, HEIC, kind_of
from portail_app.gateways.photos import NotAnImage, decode_photo
from portail_app.http.file_forms import keep_file
from portail_app.services.files import Upload


async def keep_file_or_photo(form: FormData, name: str, at_most: int, whole: frozenset[str]) -> Upload | None:
    """As `keep_file`; of a HEIC only the picture is kept, without the place and the words that are written into it."""
    file = form.get(name)
    if isinstance(file, UploadFile) and await _is_heic(file):
        form = FormData([(name, await _as_jpeg(file, at_most))])
    return await keep_file(form, name, at_most, whole)


async def _is_heic(file: UploadFile) -> bool:
    head = await file.read(HEAD)
    await file.seek(0)
    return kind_of(head) is HEIC


async def _as_jpeg(file: UploadFile, at_most: int) -> UploadFile:
    if (file.size or 0) > at_most:
        raise TooLarge(at_most)
    try:
        photo = await decode_photo(await file.read())
    except NotAnImage as unreadable:
        raise WrongKind(unreadable.sentence) from unreadable
    return UploadFile(BytesIO(photo), size=len(photo), filename=file.filename)
