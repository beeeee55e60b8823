"""
The inbox: conversations on the left, what was said in the middle, who works it on the right.

Each act calls one verb; no rule of the business is here.
"""
