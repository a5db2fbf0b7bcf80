"""Addresses of certificates."""

from __future__ import annotations

from django.urls import path

from trainings.views import certificates, histories, translations, verification

ONE = "trainings/certificates/<int:pk>/"

urlpatterns = [
    path("trainings/sessions/<slug:slug>/certificates/", certificates.CertificateTab.as_view(), name="certificate-tab"),
    path(
        "trainings/sessions/<slug:slug>/certificates/issue/",
        certificates.CertificateIssue.as_view(),
        name="certificate-issue",
    ),
    path(
        "trainings/sessions/<slug:slug>/translate/", translations.SessionTranslate.as_view(), name="session-translate"
    ),
    path("trainings/certificates/review/", certificates.CertificateReviews.as_view(), name="certificate-reviews"),
    path("trainings/certificates/<int:pk>/leave/", certificates.CertificateLeave.as_view(), name="certificate-leave"),
    path(
        "trainings/certificates/<int:pk>/history/", histories.CertificateHistory.as_view(), name="certificate-history"
    ),
    path("trainings/certificates/<int:pk>/cancel/", certificates.CertificateEnd.as_view(), name="certificate-cancel"),
    path(
        "trainings/certificates/<int:pk>/replace/",
        certificates.CertificateEnd.as_view(replaces=True),
        name="certificate-replace",
    ),
    path("certificates/", verification.CertificateCheck.as_view(), name="certificate-check"),
    path("certificates/keys.json", verification.public_keys, name="certificate-keys"),
    path("certificates/<str:token>/", verification.CertificateVerdict.as_view(), name="certificate-verdict"),
    path("certificates/<str:token>/certificate.pdf", certificates.CertificatePdf.as_view(), name="certificate-pdf"),
]
