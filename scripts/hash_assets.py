"""
Give everything that the browser loads a name by its content, and compress it: `reparto/web/served/`, never committed.

Called by build_assets.sh. It builds nothing itself, and needs neither database nor secrets.
"""

import os
import shutil
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
os.environ |= {
    "DJANGO_SETTINGS_MODULE": "reparto.config.settings",
    "DATABASE_URL": "postgresql://nobody@127.0.0.1:1/none",
    "REPARTO_SECRET_KEY": "only-for-naming-files-0123456789abcdef",
}

import django  # noqa: E402 (the environment comes first)
from django.conf import settings  # noqa: E402
from django.core.management import call_command  # noqa: E402


def hash_assets() -> None:
    """Collect into a folder beside, then put it in place, so that what is served is always whole."""
    served = Path(settings.STATIC_ROOT)
    draft = served.with_name(f"{served.name}.draft-{os.getpid()}")
    settings.STATIC_ROOT = draft
    shutil.rmtree(draft, ignore_errors=True)
    django.setup()
    call_command("collectstatic", interactive=False, verbosity=0)
    shutil.rmtree(served, ignore_errors=True)
    draft.rename(served)


if __name__ == "__main__":
    hash_assets()
