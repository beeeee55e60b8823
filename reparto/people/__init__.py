"""
Who answers: groups, people, grants, availability, campaigns.

It must not know of contacts.
"""
