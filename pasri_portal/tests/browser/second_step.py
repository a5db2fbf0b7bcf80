"""What a person has in the hand for the second step: an app that reads a secret, a device that makes passkeys."""

from __future__ import annotations

import re
import time

from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.urls import reverse

from pasri_portal.tests.browser.visitor import Visitor

DEVICE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


def code_of(secret: str, *, steps: int = 0) -> str:
    """What the app shows now; with `steps` 1 what it shows half a minute later, which is accepted already."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + steps))


def give_device(person: Visitor) -> None:
    """From now on this browser's computer asks for a finger, and always gets it."""
    device = person.context.new_cdp_session(person.page)
    device.send("WebAuthn.enable")
    device.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})


def set_up_app(person: Visitor) -> str:
    """Through the page of the app to the recovery codes; gives the secret that the page shows as a text."""
    person.go(reverse("accounts:app-add"))
    text = person.page.locator("section[aria-labelledby=key] p[dir=ltr]").inner_text()
    secret = re.sub(r"\s", "", text)
    person.fill(code=code_of(secret))
    person.press("Check and finish", within="main")
    return secret


def remove_all(person: Visitor) -> None:
    """The account is as it was: the next journey signs in by the password alone."""
    person.go(reverse("accounts:factor-list"))
    while (links := person.page.locator("main a[href$='/remove/']")).count():
        with person.page.expect_navigation():
            links.first.click()
        person.press("Remove", within="main")
