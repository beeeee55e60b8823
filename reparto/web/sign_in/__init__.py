"""
Coming in: the sign-in of the auth library in our clothes, invitations, one's own profile.

It checks no password itself; `people.sign_in` and the library do.
"""
