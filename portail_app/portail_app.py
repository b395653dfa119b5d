"""The application: what Reflex runs."""

import reflex as rx

import pages  # noqa: F401  registers every page
from portail_app.components.layout.appearance import appearance
from portail_app.hearing import hearing
from portail_app.http import api_transformers
from portail_app.jobs.worker import working
from portail_app.presenter import present
from portail_app.settings import settings
from portail_app.states.door import open_door
from portail_app.states.lazy import make_states_when_asked
from portail_app.states.loading import load_in_one_event
from portail_app.states.snapshot import tell_what_differs

make_states_when_asked()
app = rx.App(backend_exception_handler=present, api_transformer=api_transformers, **appearance())
open_door(app)
load_in_one_event(app)
tell_what_differs(app)
app.register_lifespan_task(hearing, portal=app)
if settings().worker == "inside":
    app.register_lifespan_task(working)
