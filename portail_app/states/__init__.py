"""The conversation with one browser tab."""

import portail_app.states.wire  # noqa: F401  registers how entities go to the browser
