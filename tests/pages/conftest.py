import pytest

from portail_app.database import transaction
from portail_app.viewer import Viewer
from tests.busy_town import fill
from tests.cast import create_cast
from tests.conftest import empty


@pytest.fixture(scope="module")
async def busy(database):
    """For tests that only look."""
    async with transaction(Viewer.system()) as session:
        town = await create_cast(session)
    yield await fill(town)
    empty(database)
