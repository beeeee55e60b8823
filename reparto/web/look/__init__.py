"""
How values look on screen: tints, initials, phones, times, shortcuts.

Presentation only. Nothing here reads the database, decides who may see what, or knows a request.
"""
