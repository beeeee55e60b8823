"""
Pages of what other rules would have done: a simulation of past days, and a draft that decides in the shadow.

They decide nothing: verbs of `reparto.reports` replay and keep.
"""
