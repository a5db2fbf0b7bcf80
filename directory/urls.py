"""Addresses under `/directory/`."""

from django.urls import include, path

from directory.views import calendar, histories, organisations, persons, programmes, register, territory

app_name = "directory"

pages = [
    path("persons/", persons.PersonListView.as_view(), name="person-list"),
    path("persons/new/", persons.PersonCreateView.as_view(), name="person-create"),
    path("persons/paste/", persons.PersonImportView.as_view(), name="person-import"),
    path("persons/<int:pk>/", persons.PersonDetailView.as_view(), name="person-detail"),
    path("persons/<int:pk>/history/", histories.PersonHistory.as_view(), name="person-history"),
    path("persons/<int:pk>/edit/", persons.PersonEditView.as_view(), name="person-edit"),
    path("persons/<int:pk>/organisations/", persons.AffiliationCreateView.as_view(), name="affiliation-create"),
    path("affiliations/<int:pk>/end/", persons.AffiliationEndView.as_view(), name="affiliation-end"),
    path("consents/<int:pk>/withdraw/", persons.ConsentWithdrawView.as_view(), name="consent-withdraw"),
    path("organisations/", organisations.OrganisationListView.as_view(), name="organisation-list"),
    path("organisations/new/", organisations.OrganisationCreateView.as_view(), name="organisation-create"),
    path("organisations/<int:pk>/", organisations.OrganisationDetailView.as_view(), name="organisation-detail"),
    path("organisations/<int:pk>/history/", histories.OrganisationHistory.as_view(), name="organisation-history"),
    path("organisations/<int:pk>/edit/", organisations.OrganisationEditView.as_view(), name="organisation-edit"),
    path("organisations/<int:pk>/rename/", organisations.OrganisationRenameView.as_view(), name="organisation-rename"),
    path("programmes/", programmes.ProgrammeListView.as_view(), name="programme-list"),
    path("programmes/new/", programmes.ProgrammeCreateView.as_view(), name="programme-create"),
    path("programmes/<int:pk>/", programmes.ProgrammeDetailView.as_view(), name="programme-detail"),
    path("programmes/<int:pk>/history/", histories.ProgrammeHistory.as_view(), name="programme-history"),
    path("programmes/<int:pk>/edit/", programmes.ProgrammeEditView.as_view(), name="programme-edit"),
    path("calendar/", calendar.CalendarView.as_view(), name="calendar"),
    path("calendar/<int:pk>/history/", histories.HolidayHistory.as_view(), name="holiday-history"),
    path("calendar/<int:pk>/confirm/", calendar.HolidayConfirmView.as_view(), name="holiday-confirm"),
    path("governorates/<slug:iso_code>/", territory.GovernorateDetailView.as_view(), name="governorate-detail"),
    path("governorates/<slug:iso_code>/new/", territory.DelegationCreateView.as_view(), name="delegation-create"),
    path("delegations/<int:pk>/", territory.DelegationDetailView.as_view(), name="delegation-detail"),
    path("delegations/<int:pk>/history/", histories.DelegationHistory.as_view(), name="delegation-history"),
    path("delegations/<int:pk>/edit/", territory.DelegationEditView.as_view(), name="delegation-edit"),
    path("delegations/<int:pk>/close/", territory.DelegationCloseView.as_view(), name="delegation-close"),
    path("register/", register.RegisterView.as_view(), name="register"),
]

urlpatterns = [path("directory/", include(pages))]
