"""
What reaches people outside of the page: their choices, their browsers, and what makes the product an app on a phone.

It sends nothing itself.
"""
