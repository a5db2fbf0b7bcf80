"""Certificates on the staff side: who has one, who may, what is missing; issue, cancel, replace, print."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext, ngettext, ngettext_lazy
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView, TemplateView, View

from core.lists import Empty, FilterForm, ListSpec, ListView, Sort
from core.models import Job
from core.views.mixins import ActView, DomainFormMixin, PermissionMixin, PublicMixin, ScopedObjectMixin
from trainings.documents.certificate import certificate_pdf
from trainings.documents.papers import certificate_paper
from trainings.domain import batches, certificates, eligibility, reviews, translations, verification
from trainings.enums import CertificateState
from trainings.forms.certificates import ReasonForm
from trainings.models import Certificate, Session
from trainings.permissions import is_staff


class ReviewFilters(FilterForm):
    """A short list: nothing to search."""

    searchable = False


class CertificateTab(ScopedObjectMixin, TemplateView):
    """The session's certificates, part by part."""

    permission = staticmethod(is_staff)
    model = Session
    lookup = "slug"
    reads = "trainings.certificates"
    template_name = "trainings/certificates/tab.html"

    def get_queryset(self) -> Any:
        return super().get_queryset().select_related("training__programme", "governorate")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        parts = [
            {"part": part, "cases": eligibility.of_part(part)}
            for part in self.object.parts.select_related("session").all()
        ]
        ready = sum(case.is_ready for part in parts for case in part["cases"])
        ended = Certificate.objects.filter(registration__part__session=self.object).exclude(state="valid")
        return super().get_context_data(
            session=self.object,
            parts=parts,
            ready=ready,
            untranslated=bool(translations.missing(self.object)),
            ended=ended.select_related("replaced_by"),
            to_review=reviews.among([case.certificate for part in parts for case in part["cases"] if case.certificate]),
            tab="certificates",
            **kwargs,
        )


class CertificateIssue(ScopedObjectMixin, ActView):
    """Issue every certificate of the session that may be issued: a few at once, more of them in the background."""

    permission = staticmethod(is_staff)
    model = Session
    lookup = "slug"

    job: Job | None = None

    def perform(self) -> None:
        if len(batches.ready(self.object)) > batches.AT_ONCE:
            back = reverse("trainings:certificate-tab", args=[self.object.slug])
            now = timezone.now()
            self.job = batches.start(session=self.object, actor=self.request.user, now=now, back_url=back)
            return
        batch = certificates.issue_batch(session=self.object, actor=self.request.user, now=timezone.now())
        count = len(batch.issued)
        if count:
            text = ngettext("%(count)s certificate issued.", "%(count)s certificates issued.", count)
            messages.success(self.request, text % {"count": count})
        else:
            messages.info(self.request, gettext("No certificate could be issued: the list says why."))

    def get_success_url(self) -> str:
        if self.job is not None:
            return self.job.get_absolute_url()
        return reverse("trainings:certificate-tab", args=[self.object.slug])


class CertificateEnd(ScopedObjectMixin, DomainFormMixin, FormView):
    """Cancel a certificate, or replace it by one made from the facts of today."""

    permission = staticmethod(is_staff)
    model = Certificate
    template_name = "trainings/certificates/end.html"
    form_class = ReasonForm
    replaces = False

    def get_queryset(self) -> Any:
        return Certificate.objects.select_related("registration__part__session")

    def perform(self, form: ReasonForm) -> Certificate:
        act = certificates.replace if self.replaces else certificates.cancel
        return act(
            certificate=self.object, actor=self.request.user, reason=form.cleaned_data["reason"], now=timezone.now()
        )

    @property
    def success_message(self) -> Any:
        return _("The certificate is replaced.") if self.replaces else _("The certificate is cancelled.")

    def get_success_url(self) -> str:
        return reverse("trainings:certificate-tab", args=[self.object.registration.part.session.slug])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        session = self.object.registration.part.session
        return super().get_context_data(certificate=self.object, session=session, replaces=self.replaces, **kwargs)


class CertificateReviews(PermissionMixin, ListView):
    """What to look at again: what each paper says, what the attendance says since it was corrected, and the acts."""

    permission = staticmethod(is_staff)
    template_name = "trainings/certificates/reviews.html"
    spec = ListSpec(
        model=Certificate,
        sorts=[Sort("date", _("Issued on"), "issued_at")],
        filters=ReviewFilters,
        count=ngettext_lazy("%(shown)s certificate to review", "%(shown)s certificates to review", "n"),
        empty=Empty(
            _("No certificate to review"),
            _("When the attendance of a closed half-day is corrected, the certificates that rest on it appear here."),
            icon="check",
        ),
    )

    def get_queryset(self) -> models.QuerySet[Any]:
        return reviews.to_review().select_related("registration__part__session__training__programme")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        reviews.compare(context["page"].rows)
        return context


class CertificateLeave(CertificateEnd):
    """A certificate stays as it is although its attendance was corrected."""

    template_name = "trainings/certificates/leave.html"
    success_message = _("The certificate stays as it is.")  # type: ignore[assignment]

    def perform(self, form: ReasonForm) -> Certificate:
        reason = form.cleaned_data["reason"]
        return certificates.leave(certificate=self.object, actor=self.request.user, reason=reason, now=timezone.now())

    def get_success_url(self) -> str:
        return reverse("trainings:certificate-reviews")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        reviews.compare([self.object])
        return super().get_context_data(**kwargs)


class CertificatePdf(PublicMixin, View):
    """The paper, for whoever holds its 128-bit address: the bearer, staff, who scanned the QR code."""

    def get(self, request: HttpRequest, token: str) -> HttpResponse:
        certificate = get_object_or_404(verification.bearing(token))
        ended = certificate.state != CertificateState.VALID
        if ended or verification.is_over(certificate, on=timezone.localdate()):  # then no paper is handed out again
            return redirect("trainings:certificate-verdict", token=token)
        content = certificate_pdf(certificate_paper(certificate, language=(get_language() or "fr")[:2]))
        response = HttpResponse(content, content_type="application/pdf")
        response["Content-Disposition"] = f'attachment; filename="{certificate.number}.pdf"'
        return response
