"""The addresses of the pages: one include an area, each of which lists its own."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("reparto.web.home.urls")),
    path("", include("reparto.web.inbox.urls")),
    path("", include("reparto.web.contacts.urls")),
    path("", include("reparto.web.why.urls")),
    path("", include("reparto.web.reports.urls")),
    path("", include("reparto.web.palette.urls")),
    path("", include("reparto.web.sign_in.urls")),
    path("", include("reparto.web.simulations.urls")),
    path("", include("reparto.web.notices.urls")),
    path("", include("reparto.web.rules.urls")),
    path("", include("reparto.web.flows.urls")),
    path("", include("reparto.web.people.urls")),
    path("", include("reparto.web.accounts.urls")),
    path("", include("reparto.web.availability.urls")),
    path("", include("reparto.web.quarantine.urls")),
    path("", include("reparto.web.settings.urls")),
]
