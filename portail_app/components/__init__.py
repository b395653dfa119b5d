"""The pieces that pages are composed of: semantic HTML, styled by `assets/styles`."""

from portail_app.components.basics import *
from portail_app.components.billing import *
from portail_app.components.documents import *
from portail_app.components.forms import *
from portail_app.components.layout import *
from portail_app.components.requests import *
from portail_app.components.site import *
from portail_app.components.tables import *
from portail_app.components.water import *
