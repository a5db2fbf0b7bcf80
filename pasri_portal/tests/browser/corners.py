"""Pages that no plain address opens: behind a mail, after a form, and when something goes wrong."""

from __future__ import annotations

import re
from datetime import date, timedelta
from email import message_from_bytes
from email.policy import default

from django.urls import reverse

from pasri_portal.tests.browser.pages import Page
from pasri_portal.tests.browser.second_step import give_device, remove_all, set_up_app
from pasri_portal.tests.browser.visitor import LINK, Visitor, wait_for
from pasri_portal.tests.browser.walk import Walk
from pasri_portal.tests.browser.watching import FAILURE

SUBMIT = "main form[method=post]:not(.post-button):not([data-passkey]) button[type=submit]"
ADD_FIELDS = """
  ([count, size]) => {
    const form = document.querySelector("main form[method=post]:not([data-passkey])");
    for (let n = 0; n < count; n++) {
      const field = document.createElement("input");
      form.append(Object.assign(field, {type: "hidden", name: `x${n}`, value: "x".repeat(size)}));
    }
    form.submit();
  }
"""
TOO_MUCH = ((2001, 1), (1, 1_100_000))
"""Fields and bytes in each: more than a form may send."""


def every_corner(walk: Walk) -> None:
    """Walk into each; one that breaks does not keep the others from being looked at."""
    for way in (
        forms_with_errors,
        registration_behind_a_mail,
        several_accepted,
        mails_of_the_demonstration,
        form_that_is_stale,
        correction_that_waits,
        certificate_to_look_at_again,
        calendar_of_ones_own,
        somebody_known_already,
        proposal_sent_back,
        messages_that_wait,
        work_in_the_background,
        invitation_behind_a_mail,
        password_behind_a_mail,
        code_by_mail,
        second_step,
        links_that_open_nothing,
        what_goes_wrong,
        account_that_is_closed,
    ):
        walk.step(way.__name__, lambda way=way: way(walk))  # type: ignore[misc]


def submit(person: Visitor) -> None:
    with person.page.expect_navigation():
        person.page.locator(SUBMIT).last.click()


def link_to(walk: Walk, address: str) -> str:
    """The link in the newest mail to an address, from the folder into which a demonstration writes its mails."""

    def newest() -> str | None:
        for path in sorted((walk.house.state / "mail").glob("*.eml"), key=lambda p: p.stat().st_mtime, reverse=True):
            mail = message_from_bytes(path.read_bytes(), policy=default)
            body = mail.get_body(("plain",))
            if address in str(mail["To"]) and body and (link := LINK.search(body.get_content())):
                return link[0]
        return None

    return wait_for(newest, f"a mail to {address}")


def forms_with_errors(walk: Walk) -> None:
    for page in (
        Page("trainings:session-create", "officer"),
        Page("trainings:registration-create", "officer", ("open", 1)),
        Page("directory:person-create", "officer"),
        Page("trainings:register", "", ("open", 1)),
        Page("trainings:certificate-check"),
        Page("account_login"),
    ):
        person = walk.person(page.role)
        person.go(walk.url(page))
        submit(person)
        walk.look(person)


def registration_behind_a_mail(walk: Walk) -> None:
    person, address = walk.person(""), "chef-de-projet@example.org"
    person.go(walk.url(Page("trainings:register", "", ("open", 1))))
    person.fill(name_latin="Chef de projet", name_ar="رئيس مشروع", email=address)
    person.page.locator("select[name=category]").select_option(index=1)
    person.tick("consent")
    submit(person)
    walk.look(person)
    person.go(link_to(walk, address))
    walk.look(person)
    submit(person)
    walk.look(person)
    person.go(re.sub(r"\?.*", "", person.page.url) + "cancel/")
    walk.look(person)
    submit(person)
    walk.look(person)


def several_accepted(walk: Walk) -> None:
    person = walk.person("officer")
    person.go(walk.url(Page("trainings:registration-list", "officer", ("moderated",))))
    person.page.locator("[data-pick]").first.check()
    with person.page.expect_navigation():
        person.page.locator("form[action$='/accept/'] button").click()
    walk.look(person)


def mails_of_the_demonstration(walk: Walk) -> None:
    walk.open(Page("notifications:demo-mail-list", "officer"))
    person = walk.person("officer")
    with person.page.expect_navigation():
        person.page.locator("tbody a").first.click()
    walk.look(person)


def form_that_is_stale(walk: Walk) -> None:
    page = Page("trainings:training-edit", "officer", ("training",))
    person = walk.person("officer")
    person.go(walk.url(page))
    changed = "UPDATE trainings_training SET title_fr = 'Changé entre-temps', version = version + 1 WHERE id = %s"
    walk.house.change(changed, walk.object("training"))
    person.fill(title_fr="Écrit pendant ce temps")
    submit(person)
    walk.look(person)


def correction_that_waits(walk: Walk) -> None:
    person = walk.person("officer")
    person.go(walk.url(Page("trainings:correction-propose", "officer", ("marked", "present"))))
    person.tick("mark", "absent")
    person.fill(reason="La feuille signée le dit.")
    submit(person)
    walk.look(person)
    with person.page.expect_navigation():
        person.page.locator("a[href*='/corrections/']").first.click()
    walk.look(person)


def certificate_to_look_at_again(walk: Walk) -> None:
    """A mark is corrected after the certificate: it stands in the list until somebody decides."""
    officer, manager = walk.person("officer"), walk.person("manager")
    officer.go(walk.url(Page("trainings:correction-propose", "officer", ("certified-half-day", "certified"))))
    officer.tick("mark", "absent")
    officer.fill(reason="La feuille signée le dit.")
    submit(officer)
    manager.go(officer.page.url.removeprefix(officer.origin))
    manager.press("Confirm", within="main")
    walk.look(manager)
    manager.go(reverse("trainings:certificate-reviews"))
    walk.look(manager)
    with manager.page.expect_navigation():
        manager.page.locator("main a[href$='/leave/']").first.click()
    walk.look(manager)
    manager.go(reverse("trainings:certificate-reviews"))
    with manager.page.expect_navigation():
        manager.page.locator("main a[href$='/cancel/']").first.click()
    manager.fill(reason="La présence a été corrigée.")
    submit(manager)
    walk.look(manager)
    token = "SELECT check_token FROM trainings_certificate WHERE state = 'cancelled'"
    stranger = walk.person("")
    stranger.go(reverse("trainings:certificate-verdict", args=walk.house.look_up(token)[0]))
    walk.look(stranger)


def calendar_of_ones_own(walk: Walk) -> None:
    trainer = walk.person("trainer")
    trainer.go(reverse("trainings:own-calendar"))
    with trainer.page.expect_navigation():
        trainer.page.locator("main form[action$='/make/'] button").first.click()
    walk.look(trainer)


def somebody_known_already(walk: Walk) -> None:
    """The form of a person comes back once with those who may be the same."""
    officer = walk.person("officer")
    name = walk.house.look_up("SELECT name_latin FROM directory_person WHERE name_latin <> '' ORDER BY id DESC")[0][0]
    officer.go(reverse("directory:person-create"))
    officer.fill(name_latin=name)
    submit(officer)
    walk.look(officer)


def proposal_sent_back(walk: Walk) -> None:
    """Staff send a proposal back; the trainer finds the comment above the form."""
    officer, trainer = walk.person("officer"), walk.person("trainer")
    officer.go(walk.url(Page("trainings:session-send-back", "officer", ("proposed",))))
    slug = officer.page.url.split("/")[-3]
    officer.fill(comment="Précisez le public visé.")
    submit(officer)
    walk.look(officer)
    trainer.go(reverse("trainings:proposal-list"))
    walk.look(trainer)
    trainer.go(reverse("trainings:proposal-edit", args=[slug]))
    walk.look(trainer)


def messages_that_wait(walk: Walk) -> None:
    """A session with many people is postponed: their messages wait, are held back, and may be given up."""
    officer = walk.person("officer")
    officer.go(walk.url(Page("trainings:session-postpone", "officer", ("open",))))
    later = date.today() + timedelta(days=70)  # noqa: DTZ011  (any day to come will do)
    officer.fill(starts_on=later.strftime("%d/%m/%Y"), reason="Salle indisponible", notice="La session est reportée.")
    submit(officer)  # shows where the days would fall
    walk.look(officer)
    submit(officer)
    walk.look(officer)
    officer.go(reverse("notifications:batch-list"))
    walk.look(officer)
    with officer.page.expect_navigation():
        officer.page.locator("main tbody a, main .listing a").first.click()
    walk.look(officer)
    officer.press("Hold the messages back")
    walk.look(officer)
    with officer.page.expect_navigation():
        officer.page.locator("a[href$='/drop/']").click()
    walk.look(officer)


def work_in_the_background(walk: Walk) -> None:
    """A list as a file, by a real worker: the page of the work as it goes on and as it ends."""
    address, _password = walk.house.accounts["officer"]
    asked = """
        INSERT INTO core_job (uid, kind, params, author_id, language, once_key, back_url, state, done, total, message,
            fault, error, deaths, attempts, cancel_asked, result, result_name, result_type, result_size, created_at)
        SELECT gen_random_uuid(), 'core.export', jsonb_build_object('list', 'persons', 'label', 'Personnes',
            'path', '/directory/persons/', 'query', '', 'form', 'xlsx'), id, 'fr', '', '/directory/persons/', 'queued',
            0, 0, '', '', '', 0, 0, false, '', '', '', 0, now() FROM accounts_user WHERE email = %s
    """
    walk.house.change(asked, address)
    officer = walk.person("officer")
    officer.go(reverse("core:job-list"))
    walk.look(officer)
    with officer.page.expect_navigation():
        officer.page.locator("main a[href*='/jobs/']").first.click()
    walk.look(officer)
    wait_for(lambda: walk.house.look_up("SELECT 1 FROM core_job WHERE state = 'done'"), "the end of the work")
    officer.page.reload()
    walk.look(officer)


def invitation_behind_a_mail(walk: Walk) -> None:
    manager, address = walk.person("manager"), "invitee@example.org"
    manager.go(reverse("accounts:invitation-create"))
    manager.fill(email=address, full_name="Chargée de mission")
    manager.page.locator("[name=role]").first.select_option("officer")
    submit(manager)
    walk.look(manager)
    with manager.page.expect_navigation():
        manager.page.locator("tbody a[href$='/history/']").first.click()
    walk.look(manager)
    invited = walk.newcomer()
    invited.go(link_to(walk, address))
    walk.look(invited)
    withdrawn = "UPDATE accounts_invitation SET expires_at = now() - interval '1 day' WHERE email = %s"
    walk.house.change(withdrawn, address)
    answer = invited.page.reload()
    walk.look(invited, status=answer.status if answer else 0)


def password_behind_a_mail(walk: Walk) -> None:
    person, (address, _password) = walk.newcomer(), walk.house.accounts["animator"]
    person.go(reverse("account_reset_password"))
    person.fill(email=address)
    submit(person)
    walk.look(person)
    person.go(link_to(walk, address))
    walk.look(person)


def code_by_mail(walk: Walk) -> None:
    person, (address, _password) = walk.newcomer(), walk.house.accounts["animator"]
    person.go(reverse("account_request_login_code"))
    person.fill(email=address)
    submit(person)
    walk.look(person)


def second_step(walk: Walk) -> None:
    """Every page of it, by somebody who has an app and a passkey; the account is as before afterwards."""
    person = walk.newcomer()
    person.sign_in("animator")
    give_device(person)
    walk.look_at(person, "accounts:factor-list", "accounts:app-add", "accounts:passkey-add")
    person.fill(name="Poste du bureau")
    person.press("Make the passkey", within="main")
    walk.look(person)
    set_up_app(person)
    walk.look(person)
    walk.look_at(person, "account_reauthenticate", "mfa_reauthenticate", "mfa_reauthenticate_webauthn")
    person.go(reverse("accounts:factor-list"))
    with person.page.expect_navigation():
        person.page.locator("a[href$='/remove/']").first.click()
    walk.look(person)
    person.context.clear_cookies()
    person.go(reverse("account_login"))
    email, password = walk.house.accounts["animator"]
    person.fill(login=email, password=password)
    person.press("Sign in", within="main")
    walk.look(person)
    with person.page.expect_navigation(url=lambda url: "/login" not in url):
        person.button("Use my passkey", within="main").click()
    remove_all(person)


def links_that_open_nothing(walk: Walk) -> None:
    person = walk.person("")
    for path in (
        reverse("notifications:link-renew", args=["A" * 22]),
        reverse("accounts:password-reset", args=["A" * 22]),
        reverse("trainings:certificate-verdict", args=["A" * 22]),
    ):
        answer = person.page.goto(person.origin + path)
        walk.look(person, answer=answer, status=404)


def what_goes_wrong(walk: Walk) -> None:
    person = walk.newcomer()
    walk.look(person, answer=person.page.goto(f"{person.origin}/nulle-part/"), status=404)
    member = walk.person("member")
    walk.look(member, answer=member.page.goto(person.origin + reverse("accounts:user-list")), status=403)
    with person.expecting(f"500 GET {person.origin}{FAILURE}"):
        walk.look(person, answer=person.page.goto(person.origin + FAILURE), status=500)
    person.go(reverse("account_login"))
    person.context.clear_cookies(name="csrftoken")
    person.fill(login="quelqu.un@example.org", password="peu importe")
    submit(person)
    walk.look(person)
    for much in TOO_MUCH:
        person.go(reverse("account_login"))
        with person.page.expect_navigation():
            person.page.evaluate(ADD_FIELDS, much)
        walk.look(person)
    ask_too_often(person)
    walk.look(person)
    stranger = walk.newcomer("elsewhere.localhost")
    walk.look(stranger, answer=stranger.page.goto(f"{stranger.origin}/"), status=400)


def ask_too_often(person: Visitor) -> None:
    """More requests for a new password in a minute than one place may make."""
    person.go(reverse("account_reset_password"))
    token = person.page.locator("main [name=csrfmiddlewaretoken]").first.input_value()
    for _number in range(21):
        person.context.request.post(person.page.url, form={"csrfmiddlewaretoken": token, "email": "x@example.org"})
    person.fill(email="x@example.org")
    submit(person)


def account_that_is_closed(walk: Walk) -> None:
    """The last of all: the member is out afterwards."""
    manager = walk.person("manager")
    manager.go(walk.url(Page("accounts:user-close", "manager", ("user",))))
    if manager.page.locator("[name=reason]").count():
        manager.fill(reason="Départ")
    submit(manager)
    walk.open(Page("accounts:user-reopen", "manager", ("user",)))
