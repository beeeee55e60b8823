"""
Somebody is chosen: the shell around the engine (lock, read, decide, write, tell).

The only room that changes owners and assignees; it must not parse messages or render anything.
"""
