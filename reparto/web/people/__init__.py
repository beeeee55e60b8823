"""
Agents and channels: people, groups, campaigns, and what each person may be given on each account.

It decides nothing about who receives; verbs below and the engine do.
"""
