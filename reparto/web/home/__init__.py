"""
The start, and the small answers of the shell itself: sidebar, availability, notification centre.

It shows no contact.
"""
