"""The message that announces a certificate to its bearer."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from core import outbox
from core.models import Message
from trainings.documents.certificate import certificate_pdf
from trainings.documents.papers import certificate_paper, check_address
from trainings.enums import CertificateState
from trainings.models import Certificate


def certificate(message: Message) -> outbox.Content:
    """The certificate is issued: it comes with the message, and anybody can check it."""
    found = Certificate.objects.select_related("registration__part__session").get(pk=message.object_id)
    if found.state != CertificateState.VALID:
        raise outbox.Useless
    paper = certificate_pdf(certificate_paper(found, language=message.language))
    return outbox.Content(
        template="trainings/email/certificate",
        context={
            "certificate": found,
            "session": found.registration.part.session,
            "part": found.registration.part,
            "check_url": check_address(found),
        },
        why=_("You attended the half-days that this session asks for. Nothing more is asked of you."),
        links={"registration": outbox.Link("trainings.registration", found.registration)},
        attachments=[outbox.Attachment(f"{found.number}.pdf", paper, "application/pdf")],
    )


KINDS = [outbox.MessageKind("trainings.certificate", _("Certificate"), certificate)]
