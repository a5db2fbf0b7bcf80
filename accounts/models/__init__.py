"""People with an account, the roles that they hold, and the invitations that make accounts."""

from accounts.models.invitation import Invitation
from accounts.models.role import RoleGrant
from accounts.models.user import User

__all__ = ["Invitation", "RoleGrant", "User"]
