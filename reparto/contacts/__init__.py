"""
Who writes: contacts, their addresses, tags and fields; never two for one address.

It must not know of conversations or decisions.
"""
