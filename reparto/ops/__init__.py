"""
Administrators come in by the command line: starting, stopping, checking an installation.

It never changes what a company owns except through the verbs of the rooms below.
"""
