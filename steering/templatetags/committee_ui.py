"""The tabs that every page in a committee's frame shares, whoever made the page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django import template
from django.template.context import Context
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from steering.models import Action, Committee, Mandate
from steering.permissions import can_read_history

register = template.Library()


@dataclass(frozen=True)
class Tab:
    """One tab: its code, its words, its page; `by_query` where the page is a list that the committee narrows."""

    code: str
    label: str | Promise
    name: str
    by_query: bool = False

    def url(self, committee: Committee) -> str:
        """The address; empty while there is no such page."""
        try:
            if self.by_query:
                return f"{reverse(self.name)}?{urlencode({'committee': committee.slug})}"
            return reverse(self.name, args=[committee.slug])
        except NoReverseMatch:
            return ""


TABS = (
    Tab("overview", _("Overview"), "steering:committee-detail"),
    Tab("seats", pgettext_lazy("tab", "Seats"), "steering:seat-list"),
    Tab("act", pgettext_lazy("tab", "Founding act"), "steering:committee-act"),
    Tab("meetings", pgettext_lazy("tab", "Meetings"), "steering:meeting-list", by_query=True),
    Tab("plan", pgettext_lazy("tab", "Action plan"), "steering:plan-list", by_query=True),
    Tab("recommendations", pgettext_lazy("tab", "Recommendations"), "steering:recommendation-list", by_query=True),
)
HISTORY = Tab("history", _("History"), "steering:committee-history")


@register.inclusion_tag("steering/committees/tabs.html", takes_context=True)
def committee_tabs(context: Context, committee: Committee, current: str = "") -> dict[str, Any]:
    """`{% committee_tabs committee "meetings" %}`: the tabs that have a page and that this reader may open."""
    user = getattr(context.get("request"), "user", None)
    tabs = [*TABS, HISTORY] if user is not None and can_read_history(user) else list(TABS)
    shown = [(tab, tab.url(committee)) for tab in tabs]
    return {"tabs": [(tab, url) for tab, url in shown if url], "current": current}


@register.filter
def of_mandate(accounts: dict[int, dict[str, Any]], pk: int) -> dict[str, Any]:
    """`{{ accounts|of_mandate:row.pk }}`: the account of one mandate's person, as staff see it."""
    return accounts.get(pk, {"user": None, "is_member": False})


@register.filter
def began_before(action: Action, mandate: Mandate) -> bool:
    """`{% if action|began_before:mandate %}`: something that a successor takes over."""
    return action.starts_on < mandate.starts_on
