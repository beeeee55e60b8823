"""
The file of a message, as a bubble draws it: a picture, a name to download, or why it is not there.

It reads no content.
"""

from typing import Any

from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils.translation import gettext

from reparto.conversations.models import Attachment
from reparto.conversations.recognize_file import PICTURES


def draw_file(file: Attachment) -> dict[str, Any]:
    """Return what a bubble shows of a file beside the kind of its message."""
    if file.state != "stored":
        waits = file.state == "waiting"
        return {"size": gettext("On its way…") if waits else gettext("It could not be fetched.")}
    url = reverse("inbox_file", args=[file.conversation_id, file.pk])
    return {"name": file.name, "size": filesizeformat(file.size), "url": url, "picture": file.mime_type in PICTURES}
