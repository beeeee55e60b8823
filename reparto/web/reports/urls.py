"""The addresses of load and fairness."""

from django.urls import path

from .fairness_csv import FairnessCsv
from .fairness_page import FairnessPage

urlpatterns = [
    path("carga-y-equidad", FairnessPage.as_view(), name="fairness"),
    path("carga-y-equidad.csv", FairnessCsv.as_view(), name="fairness_csv"),
]
