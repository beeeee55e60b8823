"""The addresses of the house: hooks, API, pages. Each room lists its own."""

from django.urls import URLPattern, URLResolver

urlpatterns: list[URLPattern | URLResolver] = []
