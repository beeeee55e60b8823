"""
The live stream `/live`: tells each browser which topics and rows changed, as server-sent events.

It sends no content and reads none; a page that hears of a change fetches again with its own permissions.
"""
