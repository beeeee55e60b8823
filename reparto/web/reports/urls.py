"""The address of load and fairness."""

from django.urls import path

from .fairness_page import FairnessPage

urlpatterns = [path("carga-y-equidad", FairnessPage.as_view(), name="fairness")]
