"""
Pages of contacts: the list, one contact, its forms, and who owns it.

Each act calls one verb; no rule of the business is here.
"""
