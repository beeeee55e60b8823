"""
The command palette: what may be done here, where one may go, whom one may find.

It does nothing itself; each result names a command, an address or a POST.
"""
