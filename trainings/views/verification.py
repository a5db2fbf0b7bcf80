"""The public check of a certificate. It reads, says what it found, and never says why a certificate ended."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseRedirectBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView, View

from core import limits
from core.localized import LANGUAGES
from core.views.mixins import PublicMixin
from trainings.documents.mentions import mentions
from trainings.domain import signing, verification
from trainings.forms.certificates import CheckForm
from trainings.models import SigningKey

TOO_MANY = _("Too many checks from this place. Wait a minute, then try again.")
UNKNOWN = _("No certificate has this number with this control code. Compare both with the paper.")


class CertificateCheck(PublicMixin, FormView):
    """Number and control code, sent by POST so that the code stays out of addresses and logs."""

    template_name = "trainings/certificates/check.html"
    form_class = CheckForm

    def form_valid(self, form: CheckForm) -> HttpResponse:
        if not limits.allows(self.request, "certificate_check"):
            form.add_error(None, TOO_MANY)
            return self.render_to_response(self.get_context_data(form=form), status=429)
        verdict = verification.by_number(form.cleaned_data["number"], form.cleaned_data["code"])
        if verdict is None:
            form.add_error(None, UNKNOWN)
            return self.form_invalid(form)
        return redirect("trainings:certificate-verdict", token=verdict.certificate.check_token)


class CertificateVerdict(PublicMixin, View):
    """What the QR code's address leads to: every certified field, and valid, replaced or cancelled with its date."""

    def get(self, request: HttpRequest, token: str) -> HttpResponse:
        if not limits.allows(request, "certificate_check"):
            return render(request, "trainings/certificates/unknown.html", {"sentence": TOO_MANY}, status=429)
        verdict = verification.by_token(token)
        if verdict is None:
            return render(request, "trainings/certificates/unknown.html", {"sentence": ""}, status=404)
        context = {
            "verdict": verdict,
            "certificate": verdict.certificate,
            "mentions": mentions(verdict.certificate),
            "canonical": signing.canonical(verdict.certificate.fields).decode(),
            "checked_at": timezone.now(),
            "is_demo": verdict.certificate.fields["demonstration"],
        }
        return render(request, "trainings/certificates/verdict.html", context)


@login_not_required
def short_address(request: HttpRequest, token: str) -> HttpResponseRedirectBase:
    """`/c/<token>`, the QR code's address, leads to the page in the reader's language."""
    wanted = translation.get_language_from_request(request)[:2]
    with translation.override(wanted if wanted in LANGUAGES else LANGUAGES[0]):
        return redirect(reverse("trainings:certificate-verdict", args=[token]))


@login_not_required
def public_keys(request: HttpRequest) -> JsonResponse:
    """Every public key that ever signed, and how to check a signature without this portal."""
    keys: list[dict[str, Any]] = [
        {
            "key_id": key.key_id,
            "public_key": key.public_key,
            "demonstration": key.is_demo,
            "since": key.created_at.date(),
        }
        for key in SigningKey.objects.order_by("created_at")
    ]
    how = "Ed25519 over the UTF-8 JSON of the certified fields, keys sorted, no blanks; keys and signatures in base64."
    return JsonResponse({"how": how, "keys": keys})
