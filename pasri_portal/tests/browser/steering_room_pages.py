"""The room of a meeting: what the demonstration holds, and a sitting of today that is walked through."""

from __future__ import annotations

from django.urls import reverse

from pasri_portal.tests.browser.corners import submit
from pasri_portal.tests.browser.pages import Page, of
from pasri_portal.tests.browser.visitor import Visitor
from pasri_portal.tests.browser.walk import Walk

MEETING = "SELECT id FROM steering_meeting WHERE state IN ({}) AND origin = 'fictional' ORDER BY id"
OBJECTS = {
    "room-held": MEETING.format("'held', 'closed'"),
    "room-planned": MEETING.format("'planned'"),
}
PAGES = [
    *of("officer", ("steering:room", "room-held"), ("steering:room", "room-planned")),
    *of("auditor", ("steering:room", "room-held")),
    *of("member", ("steering:room", "room-held")),
]
IN_ARABIC = [Page("steering:room", "officer", ("room-held",))]
TODAY = """
  INSERT INTO steering_meeting (committee_id, act_id, number, kind, starts_at, ends_at, place_fr, place_ar, state,
    late_reason, from_paper, has_no_date, origin, version)
  SELECT committee_id, act_id, {number}, kind,
    greatest(now() - interval '30 minutes', date_trunc('day', now(), 'Africa/Tunis')),
    now() + interval '1 hour',
    place_fr, place_ar, '{state}', '', false, false, origin, 1
  FROM steering_meeting WHERE state IN ('held', 'closed') AND origin = 'fictional' ORDER BY id LIMIT 1
"""
ITEM = """
  INSERT INTO steering_agendaitem (meeting_id, position, kind, title_fr, title_ar, expected, duration, state, audience,
    version)
  SELECT id, {position}, 'ordinary', 'Point à décider', 'نقطة للقرار', 'decide', 15, 'waiting', 'members', 1
  FROM steering_meeting WHERE number = {number}
"""
NUMBER, PAPER = 901, 902
ROW = "SELECT r.id FROM steering_{table} r {join} WHERE m.number = 901 ORDER BY r.id"
OF_MEETING = "JOIN steering_meeting m ON m.id = r.meeting_id"
OF_ITEM = "JOIN steering_agendaitem i ON i.id = r.item_id JOIN steering_meeting m ON m.id = i.meeting_id"
OF_DECISION = "JOIN steering_decision d ON d.id = r.decision_id " + OF_ITEM.replace("r.item_id", "d.item_id")


def corners(walk: Walk) -> None:
    """A sitting from its first arrival to its end, its forms on the way; another from paper."""
    for way in (sitting_of_today, sitting_from_paper):
        walk.step(way.__name__, lambda way=way: way(walk))  # type: ignore[misc]


def _meeting(walk: Walk, number: int, state: str) -> str:
    walk.house.change(TODAY.format(number=number, state=state))
    for position in (1, 2):
        walk.house.change(ITEM.format(number=number, position=position))
    name = f"room-{number}"
    walk.objects[name] = f"SELECT id FROM steering_meeting WHERE number = {number}"  # noqa: S608  a number of ours
    return name


def _click(person: Visitor, selector: str) -> None:
    with person.page.expect_navigation():
        person.page.locator(selector).first.click()


def _form(walk: Walk, name: str, *args: object) -> Visitor:
    """A form of the room, as it opens."""
    officer = walk.person("officer")
    officer.go(reverse(f"steering:{name}", args=args))
    walk.look(officer)
    return officer


def _one(walk: Walk, table: str, join: str) -> int:
    found: int = walk.house.look_up(ROW.format(table=table, join=join))[0][0]
    return found


def sitting_of_today(walk: Walk) -> None:
    meeting = walk.object(_meeting(walk, NUMBER, "convened"))
    officer = walk.person("officer")
    room = reverse("steering:room", args=[meeting])
    officer.go(room)
    walk.look(officer)
    _form(walk, "room-no-quorum", meeting)
    seats = walk.house.look_up(
        "SELECT s.id FROM steering_seat s JOIN steering_meeting m ON m.committee_id = s.committee_id "
        "WHERE m.number = %s AND s.voice = 'deliberative' AND s.ends_on IS NULL ORDER BY s.rank",
        NUMBER,
    )
    mandate = walk.house.look_up(
        "SELECT id FROM steering_mandate WHERE seat_id = %s AND kind = 'titular' ORDER BY id DESC", seats[0][0]
    )[0][0]
    _form(walk, "room-arrive", meeting, mandate)
    officer.go(room)
    for (seat,) in seats[:-1]:
        _click(officer, f"#seat-{seat} form[action*='/arrive/'] button")
    officer = _form(walk, "proxy-give", meeting, seats[-1][0])
    officer.page.locator("select[name=holder]").select_option(value=str(seats[0][0]))
    submit(officer)
    officer = _form(walk, "guest-add", meeting)
    submit(officer)
    walk.look(officer)
    officer.fill(name="Personne Exemple", institution="Institution Exemple")
    submit(officer)
    _click(officer, f"form[action='{reverse('steering:room-open', args=[meeting])}'] button")
    item = walk.house.look_up(
        "SELECT i.id FROM steering_agendaitem i JOIN steering_meeting m ON m.id = i.meeting_id "
        "WHERE m.number = %s ORDER BY i.position",
        NUMBER,
    )
    for name in ("item-start", "item-treat", "item-postpone", "item-reopen"):
        _form(walk, name, item[0][0])
    officer.go(room)
    _click(officer, f"#item-{item[0][0]} form[action*='/start/'] button")
    walk.look(officer)
    _decide(walk, officer, item[0][0], seats)
    for name, table, join in (
        ("room-depart", "presence", OF_MEETING),
        ("presence-correct", "presence", OF_MEETING),
        ("presence-remove", "presence", OF_MEETING),
        ("proxy-end", "proxy", OF_MEETING),
        ("guest-edit", "guest", OF_MEETING),
        ("guest-leave", "guest", OF_MEETING),
        ("guest-remove", "guest", OF_MEETING),
        ("recusal-withdraw", "recusal", OF_ITEM),
        ("decision-reopen", "decision", OF_ITEM),
        ("ballot-correct", "ballot", OF_DECISION),
        ("reservation-remove", "reservation", OF_DECISION),
    ):
        _form(walk, name, _one(walk, table, join))
    _form(walk, "room-lift", meeting)
    _form(walk, "room-reopen", meeting)
    walk.open(Page("steering:room", "officer", (f"room-{NUMBER}",)), language="ar", width=390)


def _decide(walk: Walk, officer: Visitor, item: int, seats: list[tuple[int, ...]]) -> None:
    """A recusal, a decision by named vote with its forms, a reservation."""
    _form(walk, "recusal-declare", item)
    officer.page.locator("select[name=seat]").select_option(value=str(seats[1][0]))
    officer.fill(interest="Institution candidate")
    submit(officer)
    _form(walk, "decision-prepare", item)
    submit(officer)
    walk.look(officer)
    officer.page.locator("input[name=mode][value=named]").check()
    officer.fill(text_fr="Le comité décide.", text_ar="تقرّر اللجنة.")
    submit(officer)
    walk.look(officer)
    decision = _one(walk, "decision", OF_ITEM)
    for name in ("decision-edit", "decision-withdraw", "decision-decide", "decision-vote"):
        _form(walk, name, decision)
    officer.go(reverse("steering:room", args=[walk.object(f"room-{NUMBER}")]))
    officer.page.locator(f"input[name=vote-{seats[0][0]}][value=for]").check()
    _click(officer, "form[action*='/votes/'] button[type=submit]")
    walk.look(officer)
    _click(officer, f"#decide-{decision} form button")
    walk.look(officer)
    _form(walk, "reservation-add", decision)
    officer.page.locator("select[name=seat]").select_option(value=str(seats[0][0]))
    officer.fill(text="Sous réserve des crédits.")
    submit(officer)
    walk.look(officer)


def sitting_from_paper(walk: Walk) -> None:
    meeting = walk.object(_meeting(walk, PAPER, "planned"))
    officer = _form(walk, "room-paper", meeting)
    officer.fill(hour="25:00")
    submit(officer)
    walk.look(officer)
    officer.go(reverse("steering:room-paper", args=[meeting]))
    submit(officer)
    walk.look(officer)
