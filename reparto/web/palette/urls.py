"""Address of the palette."""

from django.urls import path

from .results import Results

urlpatterns = [path("palette", Results.as_view(), name="palette")]
