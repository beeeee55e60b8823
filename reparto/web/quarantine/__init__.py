"""
What came in genuinely and could not be read, in sight of administrators.

It decides nothing and repeats nothing.
"""
