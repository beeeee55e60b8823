"""
By which rules: the ordered rule set, its frozen versions, its checks.

It must not assign; it only says what the rules are.
"""
