"""
Settings and URLs: where the rooms of the house are joined.

It decides nothing and is imported by nobody.
"""
