"""
What is being sold: one sales attention of a contact, one row of the panel.

Empty until the panel is built; it must not know of conversations.
"""
