"""P7, a first part: the contact list on 100,000 contacts, against the very same SQL run bare."""

from .look import sign_in
from .population import MANY, a_large_company

PAGES = {
    "first page": "/contactos?size=50",
    "search of three letters": "/contactos?size=50&q=nun",
    "search of a phone's part": "/contactos?size=50&q=5512",
    "search of two words": "/contactos?size=50&q=ana+nunez",
    "search of a common word": "/contactos?size=50&q=ana",
    "without owner": "/contactos?size=50&tab=none",
    "clients": "/contactos?size=50&tab=clients",
}


def run() -> dict[str, float]:
    """Print, for each page: server time, the same SQL bare, the ratio (goal ≤ 2) and the number of queries."""
    looker = sign_in(a_large_company())
    print(f"\nP7  the contact list, {MANY:,} contacts, 50 rows (goal ≤ 2)")
    return {name: looker.look(name, url) for name, url in PAGES.items()}
