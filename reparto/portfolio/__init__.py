"""
By which list: the direct assignments of an account.

It must not assign; it only says who is named for whom.
"""
