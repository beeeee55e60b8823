"""
Figures over what happened.

Empty until its first report; it must not change anything.
"""
