"""
¿Por qué?: the stored reason of a decision, as a popover and as a page, and taking a decision back.

It recomputes nothing.
"""
