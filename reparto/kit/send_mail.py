"""
Send one mail by SMTP, for the carriers of the outbox: what went wrong is said in the outbox's own words.

It writes no mail and decides nothing; what the server said may quote the mail, so only its code is kept.
"""

import smtplib

from django.core.mail import EmailMessage, mailers

from .outbox import Refused, ResultUnknown, TryLater

#: SMTP's words from here on are final; below, the server may take it later.
FINAL = 500


def send_mail(message: EmailMessage, *, repeatable: bool = False) -> None:
    """
    Send it.

    Raises:
        TryLater: It certainly did not leave, or (`repeatable`) twice would do no harm.
        Refused: The server will not take it.
        ResultUnknown: The line was cut after the server had begun to listen.

    """
    mailer = mailers.default
    try:
        mailer.open()
    except (smtplib.SMTPException, OSError) as error:
        raise TryLater(f"The mail server cannot be reached: {type(error).__name__}.") from error
    try:
        mailer.send_messages([message])
    except smtplib.SMTPRecipientsRefused as error:
        raise _known(min(code for code, _ in error.recipients.values()), "the address was refused") from error
    except smtplib.SMTPResponseException as error:
        raise _known(error.smtp_code, type(error).__name__) from error
    except (smtplib.SMTPException, OSError) as error:
        cut = f"The line to the mail server was cut: {type(error).__name__}."
        raise (TryLater if repeatable else ResultUnknown)(cut) from error
    except ValueError as error:
        raise Refused("The address cannot be written to.") from error
    finally:
        mailer.close()


def _known(code: int, what: str) -> Exception:
    said = f"The mail server answered {code}: {what}."
    return Refused(said) if code >= FINAL else TryLater(said)
