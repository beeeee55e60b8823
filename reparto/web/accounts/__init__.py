"""
The company's accounts: WhatsApp numbers, web forms, mailboxes, phone lines.

No secret leaves: a page shows four characters of one at most.
"""
