"""Addresses of registrations: the public form, the page behind the personal link, the staff's tab."""

from __future__ import annotations

from django.urls import path

from trainings.views import by_hand, details, histories, own_registration, register, registration_index, registrations

FILE = "trainings/sessions/<slug:slug>/registrations/"
ONE = "trainings/registrations/<int:pk>/"
OWN = "registrations/<str:token>/"

urlpatterns = [
    path("sessions/<slug:slug>/register/<int:position>/", register.Register.as_view(), name="register"),
    path(
        "sessions/<slug:slug>/register/<int:position>/sent/",
        register.RegistrationSent.as_view(),
        name="registration-sent",
    ),
    path(OWN, own_registration.RegistrationPage.as_view(), name="registration-page"),
    path(f"{OWN}confirm/", own_registration.RegistrationConfirm.as_view(), name="registration-confirm"),
    path(f"{OWN}accept/", own_registration.RegistrationAccept.as_view(), name="registration-accept"),
    path(f"{OWN}cancel/", own_registration.RegistrationCancel.as_view(), name="registration-cancel"),
    path(f"{OWN}renew/", own_registration.RegistrationRenew.as_view(), name="registration-renew"),
    path(f"{OWN}session.ics", own_registration.RegistrationCalendar.as_view(), name="registration-calendar"),
    path("trainings/registrations/", registration_index.RegistrationIndex.as_view(), name="registration-index"),
    path(FILE, registrations.RegistrationTab.as_view(), name="registration-list"),
    path(f"{FILE}accept/", registrations.AcceptSeveral.as_view(), name="registration-accept-several"),
    path(f"{FILE}new/<int:position>/", by_hand.RegistrationCreate.as_view(), name="registration-create"),
    path(f"{FILE}paste/<int:position>/", by_hand.RegistrationImport.as_view(), name="registration-import"),
    path(ONE, registrations.RegistrationDetail.as_view(), name="registration-detail"),
    path(f"{ONE}history/", histories.RegistrationHistory.as_view(), name="registration-history"),
    path(f"{ONE}edit/", details.RegistrationEdit.as_view(), name="registration-edit"),
    path(f"{ONE}approve/", registrations.RegistrationApprove.as_view(), name="registration-approve"),
    path(f"{ONE}refuse/", registrations.RegistrationEnd.as_view(refuses=True), name="registration-refuse"),
    path(f"{ONE}end/", registrations.RegistrationEnd.as_view(), name="registration-end"),
    path(f"{ONE}move/", registrations.RegistrationMove.as_view(), name="registration-move"),
    path(f"{ONE}resend/", registrations.RegistrationResend.as_view(), name="registration-resend"),
]
