"""
What is being said: conversations, messages, who works them.

It must not choose assignees; it only stores them.
"""
