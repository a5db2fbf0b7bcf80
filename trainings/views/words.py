"""Sentences of several pages."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext, ngettext, pgettext

from core.formats.dates import long_date
from trainings.domain.half_days import Proposal


def say_proposal(request: HttpRequest, proposal: Proposal) -> None:
    """Tell how many half-days were added, and which days were passed over for which reason."""
    count = len(proposal.added)
    if count:
        text = ngettext("%(n)s half-day added.", "%(n)s half-days added.", count) % {"n": count}
        messages.success(request, text)
    elif not proposal.skipped:
        messages.info(request, gettext("Every day has its half-days already."))
    if proposal.skipped:
        days = [
            gettext("%(day)s (%(reason)s)") % {"day": long_date(day), "reason": why} for day, why in proposal.skipped
        ]
        text = gettext("Without a half-day: %(days)s.") % {"days": pgettext("list", ", ").join(days)}
        messages.info(request, text)
