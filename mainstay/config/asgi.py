"""The server's way in: `/stream/` goes to the live hub, everything else to Django."""

import os

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mainstay.config.settings")
django_application = get_asgi_application()

from mainstay.core.stream import Streams  # noqa: E402  (needs the applications to be loaded)

application = Streams(django_application)
