"""The history of an account or an invitation, in words: who did what, when and why."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.enums import Role
from accounts.models import Invitation, RoleGrant, User
from core import imports
from core.changes import Source
from core.models import JournalEntry
from core.trail import Trail

VERBS: dict[str, str | Promise] = {
    "account.create": _("Account opened by its owner"),
    "account.demo": _("Account made with the demonstration"),
    "account.update": _("Names or language changed"),
    "account.deactivate": _("Account closed"),
    "account.reactivate": _("Account opened again"),
    "account.password_change": _("Password changed"),
    "account.password_reset": _("Password replaced by a link"),
    "account.password_reset_request": _("Link for a new password asked for"),
    "account.login_code": _("Sign-in code asked for"),
    "account.sessions_end": _("Sessions on other devices closed"),
    "account.factor_add": _("Second step of signing in added"),
    "account.factor_remove": _("Second step of signing in removed"),
    "account.codes_renew": _("Recovery codes renewed"),
    "account.codes_keep": _("Recovery codes put away"),
    "account.code_use": _("Recovery code used to sign in"),
    "account.factor_reset": _("Second step of signing in reset"),
    "account.leave": _("Left: what was open passed to somebody else"),
    "account.take_over": _("Took over what was open in the name of somebody who left"),
    "export.take": _("List exported as a file"),
    "import.apply": _("List entered: %(list)s (%(rows)s lines)"),
    "import.undo": _("List undone: %(list)s (%(rows)s lines)"),
    "import.drop": _("List given up: %(list)s"),
    "role.grant": _("Role given: %(role)s"),
    "role.revoke": _("Role ended: %(role)s"),
    "invitation.invite": _("Invited as: %(role)s"),
    "invitation.link": _("Link made to be handed over"),
    "invitation.resend": _("Invitation sent again"),
    "invitation.withdraw": _("Invitation withdrawn"),
    "invitation.take_over": _("Passed to another manager or officer"),
    "invitation.accept": _("Invitation accepted as: %(role)s"),
}


def _said(entry: JournalEntry) -> dict[str, str | Promise]:
    if entry.verb.startswith("import."):
        return {"list": imports.label_of(str(entry.data.get("list", ""))), "rows": str(entry.data.get("rows", 0))}
    role = entry.data.get("role", "")
    return {"role": Role(role).label} if role in Role.values else {}


NOBODY = _("the portal, or somebody not signed in")
ACCOUNT = Trail(VERBS, nobody=NOBODY, said=_said, sources=(Source(User), Source(RoleGrant, by="user_id")))
INVITATION = Trail(VERBS, nobody=NOBODY, said=_said, sources=(Source(Invitation),))
