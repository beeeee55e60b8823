"""
They are told: what a person hears of, and where it waits.

It must not decide whom; it is handed decisions.
"""
