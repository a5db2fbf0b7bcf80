"""Rows of the access matrix: who may open an address. Each app has its rows in `<app>/tests/access.py`.

    ACCESS = {
        "accounts:user-list": only("manager"),
        "accounts:user-detail": only("manager", args=lambda: [make_user("officer").pk]),
        "trainings:calendar": everybody(),
    }

`pasri_portal/tests/test_access_matrix.py` walks the URLconf: an address without a row is red, and so is a row without
an address. An object that `args` makes belongs to none of the roles; what one's own objects open, the app's tests say.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from accounts.enums import Role

ANONYMOUS = "anonymous"
NOBODY = "nobody"
"""Signed in, without a role."""

VISITORS = (ANONYMOUS, NOBODY, *Role.values)
STAFF = ("manager", "officer")
READERS = (*STAFF, "auditor")
LOGIN = "login"
"""The answer is the way to the sign-in page."""

Answer = int | str
Args = Callable[[], Sequence[object]]


@dataclass(frozen=True)
class Row:
    """What each visitor gets from an address. `method` is "post" where it answers nothing else."""

    answers: Mapping[str, Answer]
    args: Args = list
    method: str = "get"


def everybody(status: int = 200, *, args: Args = list, method: str = "get", **exceptions: Answer) -> Row:
    """A public address; `exceptions` by visitor."""
    return Row({**dict.fromkeys(VISITORS, status), **exceptions}, args, method)


def signed_in(status: int = 200, *, args: Args = list, **exceptions: Answer) -> Row:
    """An address for everybody who has an account."""
    return everybody(status, args=args, **{ANONYMOUS: LOGIN, **exceptions})


def only(*roles: str, status: int = 200, others: Answer = 403, args: Args = list, **exceptions: Answer) -> Row:
    """An address for these roles; `others` is what those get who are signed in and are not among them."""
    unknown = set(roles) - set(VISITORS)
    if unknown:
        raise ValueError(f"no such roles: {unknown}")
    return Row(
        {**dict.fromkeys(VISITORS, others), ANONYMOUS: LOGIN, **dict.fromkeys(roles, status), **exceptions}, args
    )
