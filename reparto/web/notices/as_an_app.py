"""What a phone asks for to keep the product as an app: its manifest, and the worker that shows what is pushed."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse

from ..page import OpenPage

#: As the sides of the drawings: 192 and 512, and one that a phone may cut round.
ICONS = (("192x192", "app-192.png", "any"), ("512x512", "app-512.png", "any"), ("512x512", "app-512.png", "maskable"))


class Manifest(OpenPage):
    """`/manifest.webmanifest`."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Name the app; the same for everybody."""
        content = {
            "id": "/",
            "name": "Reparto",
            "short_name": "Reparto",
            "start_url": reverse("inbox"),
            "scope": "/",
            "display": "standalone",
            "background_color": "#0D686C",
            "theme_color": "#0D686C",
            "icons": [
                {"src": static(name), "sizes": size, "type": "image/png", "purpose": purpose}
                for size, name, purpose in ICONS
            ],
        }
        return JsonResponse(content, content_type="application/manifest+json")


class ServiceWorker(OpenPage):
    """`/sw.js`: at the root, for a worker sees nothing above its own address."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Return the script, which holds nothing of anybody."""
        script = render_to_string("notices/sw.js")
        return HttpResponse(script, content_type="text/javascript", headers={"Cache-Control": "no-cache"})
