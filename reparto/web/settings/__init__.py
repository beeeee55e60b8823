"""
The organization's own settings.

What may be chosen is said by `kit.organization_settings`.
"""
