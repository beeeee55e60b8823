"""
A company's own automation steps; they name people and groups, and add, never replace.

It must not assign: it nominates, and the desk decides.
"""
