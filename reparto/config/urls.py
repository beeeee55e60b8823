"""The addresses of the house: hooks, API, pages. Each room lists its own."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("reparto.intake.urls")),
    path("", include("reparto.api.urls")),
    path("", include("reparto.web.urls")),
]
