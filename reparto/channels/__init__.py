"""
How WhatsApp, e-mail, web forms and the phone speak; accounts and their people's modes.

A channel never imports another channel, and none of them stores a contact.
"""
