"""
Addresses of coming in: those of the auth library that we offer, invitations, the profile.

No sign-up: people are added by an administrator. Where no mail is sent nobody is mailed a new password: an
administrator hands out a new invitation.
"""

from allauth.account import views as account
from allauth.account.decorators import reauthentication_required
from django.urls import include, path, re_path
from django.views.generic import RedirectView

from .accept import AcceptInvitation
from .profile import Profile

urlpatterns = [
    path("invitations/<str:key>/", AcceptInvitation.as_view(), name="accept_invitation"),
    path("perfil", Profile.as_view(), name="profile"),
    path("entrar/", account.login, name="account_login"),
    path("salir/", account.logout, name="account_logout"),
    path("cuenta/inactiva/", account.account_inactive, name="account_inactive"),
    path("cuenta/confirmar/", account.reauthenticate, name="account_reauthenticate"),
    path("cuenta/clave/", account.password_change, name="account_change_password"),
    # Where somebody has none yet, the library leads here.
    path("cuenta/clave/primera/", reauthentication_required(account.password_set), name="account_set_password"),
    path("cuenta/clave/olvidada/", account.password_reset, name="account_reset_password"),
    path("cuenta/clave/olvidada/enviada/", account.password_reset_done, name="account_reset_password_done"),
    re_path(
        r"^cuenta/clave/nueva/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>[^/]+)/$",
        account.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path(
        "cuenta/clave/nueva/",
        RedirectView.as_view(pattern_name="account_login"),
        name="account_reset_password_from_key_done",
    ),
    # The library names this one on its sign-in page; there is no sign-up behind it.
    path("cuenta/alta/", RedirectView.as_view(pattern_name="account_login"), name="account_signup"),
    path("cuenta/dos-pasos/", include("allauth.mfa.urls")),
    path("cuenta/sesiones/", include("allauth.usersessions.urls")),
]
