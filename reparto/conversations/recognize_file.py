"""
Say what a file is by its first bytes, whatever its name or sender say of it. Pure (INV-63).

What is not known is only bytes: it is never shown, only downloaded.
"""

import io
import zipfile

BYTES = "application/octet-stream"
OFFICE = "application/vnd.openxmlformats-officedocument."
#: A part that only this kind of office file has → its type.
PARTS = {
    "word/document.xml": OFFICE + "wordprocessingml.document",
    "xl/workbook.xml": OFFICE + "spreadsheetml.sheet",
    "ppt/presentation.xml": OFFICE + "presentationml.presentation",
}
#: Shown in the thread; the rest is offered for download.
PICTURES = frozenset({"image/jpeg", "image/png", "image/webp", "image/gif"})


def recognize_file(content: bytes) -> str:
    """Return the MIME type of a file, `application/octet-stream` when it is none of those known."""
    starts = (
        (b"\xff\xd8\xff", "image/jpeg"),
        (b"\x89PNG\r\n\x1a\n", "image/png"),
        (b"GIF87a", "image/gif"),
        (b"GIF89a", "image/gif"),
        (b"%PDF-", "application/pdf"),
    )
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return "image/webp"
    found = next((kind for start, kind in starts if content.startswith(start)), "")
    return found or (_office(content) if content.startswith(b"PK\x03\x04") else BYTES)


def _office(content: bytes) -> str:
    """Look at the names in an archive; nothing of it is unpacked."""
    try:
        names = set(zipfile.ZipFile(io.BytesIO(content)).namelist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
        return BYTES
    return next((kind for part, kind in PARTS.items() if part in names), BYTES)
