"""Addresses under `/accounts/`: the pages of django-allauth that we use, one by one, and our own.

What allauth offers beyond these (signing up, several addresses, its own reset link) has no address, so no way in.
"""

from allauth.account import views as allauth
from allauth.mfa.base import views as allauth_mfa
from django.contrib.auth.decorators import login_not_required
from django.urls import include, path, register_converter

from accounts.enums import Role
from accounts.views import again, entrance, factors, invitations, leaving, own, users


class RoleConverter:
    """A role's code in an address; anything else is no page."""

    regex = "|".join(Role.values)

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return str(value)


register_converter(RoleConverter, "role")

door = [
    path("login/", allauth.login, name="account_login"),
    path("logout/", allauth.logout, name="account_logout"),
    path("inactive/", allauth.account_inactive, name="account_inactive"),
    path("login/code/", allauth.request_login_code, name="account_request_login_code"),
    path("login/code/confirm/", allauth.confirm_login_code, name="account_confirm_login_code"),
    path("login/passkey/", login_not_required(again.PasskeyLoginView.as_view()), name="mfa_login_webauthn"),
    path("login/second-step/", again.SecondStepView.as_view(), name="mfa_authenticate"),
    path("again/", allauth.reauthenticate, name="account_reauthenticate"),
    path("again/code/", allauth_mfa.reauthenticate, name="mfa_reauthenticate"),
    path("again/passkey/", again.PasskeyAgainView.as_view(), name="mfa_reauthenticate_webauthn"),
    path("password/reset/", allauth.password_reset, name="account_reset_password"),
    path("password/reset/done/", allauth.password_reset_done, name="account_reset_password_done"),
]

own_pages = [
    path("invitation/<str:token>/", entrance.InvitationAcceptView.as_view(), name="invitation-accept"),
    path("password/new/<str:token>/", entrance.PasswordResetView.as_view(), name="password-reset"),
    path("me/", own.ProfileView.as_view(), name="profile"),
    path("me/password/", own.PasswordChangeView.as_view(), name="password-change"),
    path("me/sessions/", own.SessionListView.as_view(), name="session-list"),
    path("me/sessions/end/", own.SessionsEndView.as_view(), name="sessions-end"),
    path("me/second-step/", factors.FactorListView.as_view(), name="factor-list"),
    path("me/second-step/app/", factors.AppAddView.as_view(), name="app-add"),
    path("me/second-step/passkey/", factors.PasskeyAddView.as_view(), name="passkey-add"),
    path("me/second-step/<int:pk>/remove/", factors.FactorRemoveView.as_view(), name="factor-remove"),
    path("me/second-step/codes/", factors.CodesView.as_view(), name="codes"),
    path("me/second-step/codes/text/", factors.CodesFileView.as_view(), name="codes-file"),
    path("me/second-step/codes/new/", factors.CodesRenewView.as_view(), name="codes-new"),
    path("users/", users.UserListView.as_view(), name="user-list"),
    path("users/<int:pk>/", users.UserDetailView.as_view(), name="user-detail"),
    path("users/<int:pk>/history/", users.UserHistoryView.as_view(), name="user-history"),
    path("users/<int:pk>/roles/", users.RoleGrantView.as_view(), name="role-grant"),
    path("users/<int:pk>/roles/<role:role>/end/", users.RoleRevokeView.as_view(), name="role-revoke"),
    path("users/<int:pk>/close/", users.UserCloseView.as_view(), name="user-close"),
    path("users/<int:pk>/leave/", leaving.UserLeaveView.as_view(), name="user-leave"),
    path("users/<int:pk>/reopen/", users.UserReopenView.as_view(), name="user-reopen"),
    path("users/<int:pk>/second-step/reset/", users.FactorResetView.as_view(), name="factor-reset"),
    path("invitations/", invitations.InvitationListView.as_view(), name="invitation-list"),
    path("invitations/new/", invitations.InvitationCreateView.as_view(), name="invitation-create"),
    path("invitations/<int:pk>/history/", invitations.InvitationHistoryView.as_view(), name="invitation-history"),
    path("invitations/<int:pk>/resend/", invitations.InvitationResendView.as_view(), name="invitation-resend"),
    path("invitations/<int:pk>/withdraw/", invitations.InvitationWithdrawView.as_view(), name="invitation-withdraw"),
]

# allauth's names stand without a namespace: its code asks for them so.
urlpatterns = [path("accounts/", include(door)), path("accounts/", include((own_pages, "accounts")))]
