"""People with an account, the roles that they hold, the invitations that make accounts, the open sessions."""

from accounts.models.invitation import Invitation
from accounts.models.role import RoleGrant
from accounts.models.session import Session
from accounts.models.user import User

__all__ = ["Invitation", "RoleGrant", "Session", "User"]
