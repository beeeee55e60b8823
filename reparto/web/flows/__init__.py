"""
Flows: the list, the editor on one page, and the trial on a conversation.

What a flow does is the room `flows`'s.
"""
