"""What the library, the accounts and the directory keep about persons: their lines in the register of processing."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from core import reads
from core.imports import staging
from core.privacy import Line, Retention
from directory.domain import retention

CONSENT = _("express consent (organic law 2004-63, article 27)")
MISSION = _("public mission of the agency")
SECURITY = _("security of the portal")
ACCOUNT_KEPT = _("as long as the account is open; then for the history of decisions")
FILE_KEPT = _("as long as the file; the person may ask for its correction")
CONTACT_KEPT = _("until 30 days after the consent is withdrawn, or 5 years without a sign; then erased every night")

LINES = (
    Line(
        "accounts.user",
        ("email", "full_name", "full_name_ar", "language"),
        _("to sign in, and to say in the history who decided"),
        MISSION,
        ACCOUNT_KEPT,
    ),
    Line("accounts.user", ("password", "last_login"), _("to sign in safely"), SECURITY, ACCOUNT_KEPT),
    Line(
        "mfa.authenticator",
        ("data", "created_at", "last_used_at"),
        _("to sign in safely"),
        SECURITY,
        _("until the person removes it, a manager resets it, or the account is closed"),
        {
            "data": _("key of an app (encrypted), public key and name of a passkey, recovery codes (encrypted)"),
            "created_at": _("added on"),
            "last_used_at": _("last used on"),
        },
    ),
    Line(
        "accounts.invitation",
        ("email", "full_name", "language"),
        _("to invite somebody to open an account"),
        MISSION,
        ACCOUNT_KEPT,
    ),
    Line(
        "core.message",
        ("to_email", "to_name", "language", "params", "subject", "text", "html", "last_error"),
        _("to send messages, and to show what was sent"),
        MISSION,
        _("as long as the file to which the message belongs"),
        {"params": _("what the message is about"), "text": _("its text"), "html": _("the same as a page")},
    ),
    Line(
        "accounts.session",
        ("session_data", "device", "started_at", "seen_at"),
        _("to show the open sessions, and to close one from another device"),
        SECURITY,
        _("until the session ends, at most 12 hours after the last page"),
    ),
    Line(
        "core.job",
        ("params", "back_url", "message", "error"),
        _("to do the long work that somebody asked for, and to show how far it is"),
        MISSION,
        _("a day after the work has ended"),
        {
            "params": _("what was asked for"),
            "back_url": _("from which page"),
            "message": _("how far it is"),
            "error": _("what went wrong"),
        },
    ),
    Line(
        "core.import",
        ("grid", "choices", "file_name", "trouble"),
        _("to check a list that somebody pasted, before it is entered"),
        MISSION,
        _("until it is entered or given up, at most a day; then only the ids of what was entered remain"),
        {
            "grid": _("the lines of the list"),
            "choices": _("which known person a line is"),
            "trouble": _("what stood against a line"),
        },
    ),
    Line(
        "core.readentry",
        ("user", "what", "object_id", "at"),
        _("to know who read or exported lists of people"),
        SECURITY,
        _("two years; then deleted every night"),
    ),
    Line("core.journalreason", ("text",), _("to say why something was decided"), MISSION, _("erasable on its own")),
    Line(
        "directory.person",
        ("name_latin", "name_ar", "function", "language", "governorate"),
        _("to know who takes part, and to print names on certificates"),
        CONSENT,
        FILE_KEPT,
    ),
    Line("directory.person", ("sex",), _("statistics by sex, without names"), CONSENT, FILE_KEPT),
    Line("directory.person", ("email", "phone"), _("to reach the person"), CONSENT, CONTACT_KEPT),
    Line(
        "directory.affiliation",
        ("function", "starts_on", "ends_on"),
        _("to know for which organisation a person acted on a day"),
        CONSENT,
        FILE_KEPT,
    ),
    Line(
        "directory.consent",
        ("given_at", "withdrawn_at", "language"),
        _("to prove the consent"),
        CONSENT,
        _("as long as the data that rest on it"),
    ),
    Line(
        "directory.organisation",
        ("email", "phone"),
        _("to reach the organisation; staff alone see them"),
        MISSION,
        _("as long as the organisation is in the directory"),
    ),
    Line(
        "directory.organisation",
        ("tax_number",),
        _("to tell organisations apart; that of an individual trader is personal, and staff alone see it"),
        MISSION,
        _("as long as the organisation is in the directory"),
    ),
)

RETENTIONS = (
    Retention(
        code="core.imports",
        label=_("Pasted lists that nobody has confirmed"),
        days=staging.KEPT.days,
        purge=lambda now: staging.purge(now=now),
    ),
    Retention(
        code="directory.contacts",
        label=_("E-mail and telephone of a person after the consent was withdrawn"),
        days=retention.WITHDRAWN.days,
        purge=retention.purge_contacts,
    ),
    Retention(
        code="core.reads",
        label=_("Who read or exported lists of people"),
        days=reads.KEPT.days,
        purge=reads.purge,
    ),
)
