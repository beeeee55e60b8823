"""
The REST contract of /api/v1: programs come in.

An endpoint checks access, calls the same verb as the page, and renders JSON; nothing else.
"""
