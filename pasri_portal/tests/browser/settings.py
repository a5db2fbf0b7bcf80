"""The portal's own settings, and one middleware that says which templates made a page."""

from __future__ import annotations

from pasri_portal.settings import *  # noqa: F403
from pasri_portal.settings import MIDDLEWARE as _MIDDLEWARE

MIDDLEWARE = [
    "pasri_portal.tests.browser.watching.NameTemplates",
    *_MIDDLEWARE,
    "pasri_portal.tests.browser.watching.FailOnDemand",
]
