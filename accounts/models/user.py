"""A person who may sign in. The e-mail address is the name of the account."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accounts.enums import STAFF_ROLES, Language, Role
from core.history import snapshots
from core.keys import key_field, trigram_index


class UserManager(BaseUserManager["User"]):
    """Accounts are made by `accounts.domain.invitations`; this is what Django and tests need."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> User:
        user = self.model(email=normalise_email(email), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str | None) -> User:
        return self.get(email=normalise_email(username or ""))


def localized_name(user: User) -> str:
    """The name in Arabic script on an Arabic page, where there is one."""
    arabic = (get_language() or "").startswith(Language.ARABIC)
    return user.full_name_ar if arabic and user.full_name_ar else user.full_name


def normalise_email(email: str) -> str:
    """The one form in which an address is kept and compared: trimmed, lower case."""
    return email.strip().lower()


@snapshots(exclude=("password", "last_login", "key"))
class User(AbstractBaseUser):
    """An account. Names are kept here for display in the history; the person's file is in the directory."""

    NAMED_BY = ("full_name", "full_name_ar")

    email = models.EmailField(
        _("e-mail address"), unique=True, error_messages={"unique": _("This address has an account already.")}
    )
    full_name = models.CharField(_("name"), max_length=200)
    full_name_ar = models.CharField(_("name in Arabic"), max_length=200, blank=True, default="")
    language = models.CharField(_("language"), max_length=2, choices=Language.choices, default=Language.FRENCH)
    is_active = models.BooleanField(_("may sign in"), default=True)
    is_demo = models.BooleanField(_("demonstration account"), default=False)
    date_joined = models.DateTimeField(_("account made"), default=timezone.now, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)
    key = key_field("full_name", "full_name_ar", "email")

    objects = UserManager()

    EMAIL_FIELD = USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["full_name"]

    class Meta:
        verbose_name = _("account")
        verbose_name_plural = _("accounts")
        indexes = [
            models.Index(fields=["key", "id"], name="user_key"),
            models.Index(fields=["date_joined", "id"], name="user_joined"),
            trigram_index("user_search"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(email=models.functions.Lower("email")),
                name="user_email_lower",
                violation_error_message=_("An address is kept in lower case."),
            )
        ]

    def __str__(self) -> str:
        return localized_name(self)

    @cached_property
    def roles(self) -> frozenset[str]:
        """Codes of the roles in force today; one query an object."""
        return frozenset(self.grants.in_force(on=timezone.localdate()).values_list("role", flat=True))

    def has_role(self, *roles: str) -> bool:
        return self.is_active and not self.roles.isdisjoint(roles)

    @property
    def is_agency_staff(self) -> bool:
        return self.has_role(*STAFF_ROLES)

    @property
    def is_manager(self) -> bool:
        return self.has_role(Role.MANAGER)
