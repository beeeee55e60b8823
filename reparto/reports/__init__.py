"""
Figures over what happened: who received what, what was their due, how long it took, who was there.

Every figure is a sum over stored decisions, follow-ups and owners; it must not change anything.
"""
