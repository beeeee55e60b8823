"""The WSGI entry, used inside the ASGI one for everything but live streams."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "reparto.config.settings")
application = get_wsgi_application()
