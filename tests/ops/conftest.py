"""A bare embedded server for the tests of this room: roles made, no table in it."""

import os
import shutil
import signal
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from reparto.ops.data_folder import DataFolder
from reparto.ops.embedded_postgres import FORGETFUL, find_cluster, start_server
from reparto.ops.keep_secrets import keep_secrets
from reparto.ops.open_installation import prepare_embedded
from tests.bare_server import Bare


@pytest.fixture(scope="session")
def bare() -> Iterator[Bare]:
    """One server for all tests of this room that only ask it questions."""
    top = Path(tempfile.mkdtemp(prefix="b-", dir=os.environ["REPARTO_TEST_RUN"]))
    top.chmod(0o755)
    folder = DataFolder(top / "data")
    folder.make()
    secrets = keep_secrets(folder)
    cluster = find_cluster(folder, password=secrets.superuser, options=FORGETFUL)
    server, port = start_server(cluster, tied=True)
    prepare_embedded(cluster, secrets, port=port)
    yield Bare(cluster, secrets, port)
    server.send_signal(signal.SIGQUIT)
    server.wait()
    shutil.rmtree(top, ignore_errors=True)
