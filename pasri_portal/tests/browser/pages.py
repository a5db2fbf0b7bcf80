"""Which pages are looked at, by whom, with which objects of the demonstration."""

from __future__ import annotations

from dataclasses import dataclass

SESSION = "SELECT slug FROM trainings_session WHERE state = '{}' AND NOT is_moderated ORDER BY id"
PART = "SELECT p.id FROM trainings_sessionpart p JOIN trainings_session s ON s.id = p.session_id WHERE s.state = '{}'"
HALF_DAY = """
  SELECT h.id FROM trainings_halfday h JOIN trainings_sessionpart p ON p.id = h.part_id
  JOIN trainings_session s ON s.id = p.session_id WHERE s.state = '{}' AND h.state = '{}' ORDER BY h.id
"""
OBJECTS = {
    "open": SESSION.format("open"),
    "closed": SESSION.format("closed"),
    "held": SESSION.format("held") + " DESC",
    "seminar": SESSION.format("held"),
    "draft": SESSION.format("draft"),
    "cancelled": SESSION.format("cancelled"),
    "proposed": SESSION.format("proposed"),
    "postponed": SESSION.format("postponed"),
    "moderated": "SELECT slug FROM trainings_session WHERE is_moderated",
    "training": "SELECT id FROM trainings_training ORDER BY id DESC",
    "part": PART.format("open"),
    "half-day": HALF_DAY.format("open", "open"),
    "marking": HALF_DAY.format("closed", "open"),
    "marked": HALF_DAY.format("closed", "closed"),
    "question": "SELECT id FROM trainings_question ORDER BY id",
    "registration": "SELECT id FROM trainings_registration WHERE state = 'review' ORDER BY id",
    "waiting": "SELECT id FROM trainings_registration WHERE state = 'waiting' ORDER BY id",
    "certified-half-day": HALF_DAY.format("held", "closed"),
    "certified": """
      SELECT c.registration_id FROM trainings_certificate c JOIN trainings_attendance a USING (registration_id)
      WHERE c.state = 'valid' AND a.mark = 'present' ORDER BY c.id
    """,
    "present": """
      SELECT a.registration_id FROM trainings_attendance a JOIN trainings_halfday h ON h.id = a.half_day_id
      JOIN trainings_sessionpart p ON p.id = h.part_id JOIN trainings_session s ON s.id = p.session_id
      WHERE s.state = 'closed' AND h.state = 'closed' ORDER BY h.id, a.id
    """,
    "certificate": "SELECT id FROM trainings_certificate ORDER BY id",
    "token": "SELECT check_token FROM trainings_certificate ORDER BY id",
    "person": "SELECT person_id FROM directory_affiliation ORDER BY id",
    "affiliation": "SELECT id FROM directory_affiliation WHERE ends_on IS NULL ORDER BY id",
    "organisation": "SELECT id FROM directory_organisation ORDER BY id DESC",
    "programme": "SELECT id FROM directory_programme ORDER BY id",
    "holiday": "SELECT id FROM directory_holiday WHERE status = 'estimated' ORDER BY id DESC",
    "user": "SELECT id FROM accounts_user WHERE email LIKE 'member@%%'",
    "message": "SELECT id FROM core_message ORDER BY id",
}


@dataclass(frozen=True)
class Page:
    """An address by its URL name; `args` are names of OBJECTS, or numbers as they stand."""

    name: str
    role: str = ""
    args: tuple[str | int, ...] = ()
    query: str = ""


def of(role: str, *rows: str | tuple[str | int, ...]) -> list[Page]:
    """Pages that one role looks at: `"name"`, or `("name", args...)`; `"name?q=x"` bears a query."""
    found = []
    for row in rows:
        head, *args = (row,) if isinstance(row, str) else row
        name, _, query = str(head).partition("?")
        found.append(Page(name, role, tuple(args), query))
    return found


TRAININGS = [
    *of(
        "officer",
        "trainings:training-list",
        "trainings:training-create",
        ("trainings:training-detail", "training"),
        ("trainings:training-edit", "training"),
        ("trainings:training-history", "training"),
        "trainings:session-list",
        "trainings:session-list?q=zzzz",
        "trainings:session-create",
        ("trainings:session-detail", "open"),
        ("trainings:session-detail", "draft"),
        ("trainings:session-detail", "cancelled"),
        ("trainings:session-detail", "seminar"),
        ("trainings:session-edit", "open"),
        ("trainings:session-cancel", "open"),
        ("trainings:session-history", "held"),
        ("trainings:session-check", "open"),
        ("trainings:session-clone", "held"),
        ("trainings:session-postpone", "open"),
        ("trainings:session-detail", "postponed"),
        ("trainings:session-fix-date", "postponed"),
        ("trainings:session-detail", "proposed"),
        ("trainings:session-send-back", "proposed"),
        "trainings:registration-index",
        "trainings:registration-index?q=zzzz",
        ("trainings:part-create", "open"),
        ("trainings:part-edit", "part"),
        ("trainings:half-day-create", "part"),
        ("trainings:half-day-edit", "half-day"),
        ("trainings:trainer-list?q=a", "draft"),
        ("trainings:trainer-list", "open"),
        ("trainings:question-list", "open"),
        ("trainings:question-edit", "question"),
        ("trainings:registration-list", "open"),
        ("trainings:registration-list", "moderated"),
        ("trainings:registration-create", "open", 1),
        ("trainings:registration-detail", "registration"),
        ("trainings:registration-edit", "registration"),
        ("trainings:registration-history", "registration"),
        ("trainings:registration-move", "waiting"),
        ("trainings:registration-refuse", "registration"),
        ("trainings:registration-end", "registration"),
        ("trainings:attendance-tab", "closed"),
        ("trainings:correction-propose", "marked", "present"),
        ("trainings:certificate-tab", "held"),
        "trainings:certificate-reviews",
        ("trainings:certificate-tab", "draft"),
        ("trainings:session-translate", "draft"),
        ("trainings:session-translate", "held"),
        ("trainings:certificate-replace", "certificate"),
        ("trainings:certificate-cancel", "certificate"),
        ("trainings:certificate-history", "certificate"),
    ),
    *of(
        "trainer",
        "trainings:room-home",
        "trainings:proposal-list",
        "trainings:proposal-create",
        "trainings:own-calendar",
        ("trainings:room-half-day", "marking"),
        ("trainings:room-half-day", "marked"),
        ("trainings:room-close", "marking"),
    ),
]
OTHERS = [
    *of("manager", "home", "accounts:user-list", ("accounts:user-detail", "user"), ("accounts:role-grant", "user")),
    *of("manager", ("accounts:user-history", "user"), "read-list"),
    *of("manager", ("accounts:role-revoke", "user", "member"), ("accounts:user-close", "user")),
    *of("manager", ("accounts:user-leave", "user"), ("accounts:factor-reset", "user")),
    *of("manager", "accounts:invitation-list", "accounts:invitation-create"),
    *of("trainer", "home"),
    *of("member", "home", "accounts:profile", "accounts:password-change", "accounts:session-list", "account_logout"),
    *of("auditor", "home", ("trainings:session-detail", "held")),
    *of(
        "officer",
        "home",
        "core:gallery",
        "directory:person-list",
        "directory:person-create",
        ("directory:person-detail", "person"),
        ("directory:person-edit", "person"),
        ("directory:person-history", "person"),
        ("directory:affiliation-create", "person"),
        ("directory:affiliation-end", "affiliation"),
        "directory:organisation-list",
        "directory:organisation-create",
        ("directory:organisation-detail", "organisation"),
        ("directory:organisation-edit", "organisation"),
        ("directory:organisation-history", "organisation"),
        ("directory:organisation-rename", "organisation"),
        "directory:programme-list",
        "directory:programme-create",
        ("directory:programme-detail", "programme"),
        ("directory:programme-edit", "programme"),
        ("directory:programme-history", "programme"),
        "directory:calendar",
        ("directory:holiday-confirm", "holiday"),
        ("directory:holiday-history", "holiday"),
        "directory:register",
        "notifications:message-list",
        ("notifications:message-detail", "message"),
        ("notifications:message-resend", "message"),
        ("notifications:message-cancel", "message"),
        "notifications:batch-list",
        "search",
        "search?q=a",
        "search?q=zzzz",
        "core:job-list",
    ),
]
PUBLIC = of(
    "",
    "front",
    "trainings:calendar",
    "trainings:calendar?view=past&sort=-date",
    "trainings:calendar?q=zzzz",
    ("trainings:session-public", "open"),
    ("trainings:session-public", "cancelled"),
    ("trainings:session-public", "postponed"),
    ("trainings:session-public", "seminar"),
    ("trainings:register", "open", 1),
    ("trainings:register", "cancelled", 1),
    "trainings:certificate-check",
    ("trainings:certificate-verdict", "token"),
    "account_login",
    "account_inactive",
    "account_request_login_code",
    "account_reset_password",
    "account_reset_password_done",
)
PAGES = [*PUBLIC, *TRAININGS, *OTHERS]

IN_ARABIC = [
    page
    for page in PAGES
    if (page.name, page.args)
    in {
        ("front", ()),
        ("trainings:calendar", ()),
        ("trainings:session-public", ("open",)),
        ("trainings:register", ("open", 1)),
        ("trainings:certificate-verdict", ("token",)),
        ("account_login", ()),
        ("home", ()),
        ("trainings:session-list", ()),
        ("trainings:session-detail", ("open",)),
        ("trainings:session-create", ()),
        ("trainings:registration-list", ("open",)),
        ("trainings:attendance-tab", ("closed",)),
        ("trainings:certificate-tab", ("held",)),
        ("trainings:room-half-day", ("marking",)),
        ("directory:person-list", ()),
        ("directory:person-detail", ("person",)),
        ("trainings:session-history", ("held",)),
        ("read-list", ()),
        ("notifications:message-detail", ("message",)),
        ("notifications:batch-list", ()),
        ("core:job-list", ()),
        ("search", ()),
        ("trainings:registration-index", ()),
        ("trainings:proposal-list", ()),
        ("trainings:proposal-create", ()),
        ("trainings:session-postpone", ("open",)),
        ("trainings:session-fix-date", ("postponed",)),
        ("accounts:profile", ()),
        ("core:gallery", ()),
    }
    and not page.query
]
"""Looked at from right to left as well, in the dark theme, on a phone."""
