"""Which device a request comes from: in words for its owner, and as a cookie that spares its owner a lock-out.

Whoever tries passwords on somebody's address fills the limit of that address. A browser that has signed in to the
account before carries a signed cookie and is counted by itself, so its owner still gets in.
"""

from __future__ import annotations

import re
import secrets

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponseBase

from accounts.models import User
from core.formats import listed

SALT = "accounts.device"
A_YEAR = 365 * 24 * 3600

# The first that matches wins: browsers name those that they descend from too.
_BROWSERS = (("Edg", "Edge"), ("OPR", "Opera"), ("Firefox", "Firefox"), ("Chrom", "Chrome"), ("Safari", "Safari"))
_SYSTEMS = (
    ("Android", "Android"),
    ("iPhone|iPad", "iOS"),
    ("Windows", "Windows"),
    ("Mac OS", "macOS"),
    ("Linux", "Linux"),
)


def words_on(request: HttpRequest) -> str:
    """Browser and system as the browser names itself: "Firefox, Windows"; empty when it says nothing known."""
    agent = request.headers.get("User-Agent", "")[:500]
    found = [
        next((name for pattern, name in table if re.search(pattern, agent)), "") for table in (_BROWSERS, _SYSTEMS)
    ]
    return listed(found)


def cookie_name() -> str:
    """With the prefix that ties it to this host, where the portal speaks https."""
    return "__Host-device" if settings.PRODUCTION else "device"


def known_as(request: HttpRequest, user_id: int) -> str:
    """The mark of a browser that has signed in to this account before; empty for any other."""
    try:
        owner, mark = signing.loads(request.COOKIES.get(cookie_name(), ""), salt=SALT, max_age=A_YEAR)
    except (signing.BadSignature, ValueError, TypeError):
        return ""
    return str(mark) if owner == user_id else ""


def remember(request: HttpRequest, response: HttpResponseBase, user: User) -> None:
    """After a sign-in: this browser knows the account, for a year."""
    mark = known_as(request, user.pk) or secrets.token_hex(16)
    response.set_cookie(
        cookie_name(),
        signing.dumps([user.pk, mark], salt=SALT),
        max_age=A_YEAR,
        secure=settings.PRODUCTION,
        httponly=True,
        samesite="Lax",
    )
