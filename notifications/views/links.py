"""Where personal links lead: the short address, and the page of a link that opens nothing any more."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views import View

from core.models import PersonalLink
from core.views.mixins import PublicMixin
from notifications.domain import links, renewal
from notifications.errors import CannotRenew, LinkUnknown


class ShortLinkView(PublicMixin, View):
    """`/l/<token>/`: on to the act's page in its reader's language. Changes nothing, so mail scanners may follow it."""

    http_method_names = ["get", "head", "options"]

    def get(self, request: HttpRequest, token: str) -> HttpResponseBase:
        try:
            return redirect(links.target_of(links.find(token), token, now=timezone.now()))
        except LinkUnknown:
            return redirect("notifications:link-renew", token=token)


class LinkRenewView(PublicMixin, View):
    """A dead link: why, and (POST) a new one to the same address, of which only a hint is shown."""

    http_method_names = ["get", "head", "post", "options"]
    link: PersonalLink

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            self.link = links.find(kwargs["token"])
            links.act_of(self.link)
        except LinkUnknown as refusal:
            return unknown(request, refusal)
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest, token: str) -> HttpResponseBase:
        refusal = links.refusal_of(self.link, now=timezone.now())
        if refusal is None:
            return redirect(links.target_of(self.link, token, now=timezone.now()))
        return self.page(refusal=refusal, obstacle=renewal.why_not(self.link, now=timezone.now()))

    def post(self, request: HttpRequest, token: str) -> HttpResponseBase:
        refusal = links.refusal_of(self.link, now=timezone.now())
        try:
            renewal.renew(link=self.link, now=timezone.now())
        except CannotRenew as error:
            return self.page(refusal=refusal, obstacle=error.message)
        return self.page(refusal=None, obstacle="")

    def page(self, *, refusal: object, obstacle: object) -> HttpResponse:
        email = self.link.message.to_email if self.link.message else ""
        context = {"refusal": refusal, "obstacle": obstacle, "address": masked(email)}
        status = HTTPStatus.GONE if refusal else HTTPStatus.OK
        return render(self.request, "notifications/link_dead.html", context, status=status)


def unknown(request: HttpRequest, refusal: LinkUnknown) -> HttpResponse:
    """An address that is no link: said in words, with what to try."""
    obstacle = gettext("Open the link again from the message, or copy it whole.")
    context = {"refusal": refusal, "obstacle": obstacle, "address": ""}
    return render(request, "notifications/link_dead.html", context, status=HTTPStatus.NOT_FOUND)


def masked(email: str) -> str:
    """Enough of an address for its owner to know it, and no more: `a…@d….tn`."""
    local, _at, domain = email.rpartition("@")
    if not local:
        return ""
    name, _dot, ending = domain.rpartition(".")
    return f"{local[0]}…@{name[:1]}….{ending}"
