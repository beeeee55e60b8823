"""Addresses of the accounts."""

from django.urls import path

from .account_list import AccountList
from .account_new import AccountNew
from .account_page import AccountPage

urlpatterns = [
    path("cuentas", AccountList.as_view(), name="accounts"),
    path("cuentas/nueva", AccountNew.as_view(), name="account_new"),
    path("cuentas/<int:account_id>", AccountPage.as_view(), name="account"),
]
