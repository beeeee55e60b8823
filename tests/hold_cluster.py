"""
The process that holds a test cluster: `python -m tests.hold_cluster RUN_FOLDER KIND CONTROLLER_PID`.

It outlives the test process that happened to need the cluster first, and ends with the run that it belongs to: told
by SIGTERM, or because the run's own process is gone, whatever became of it.
"""

import shutil
import signal
import sys
import threading
from pathlib import Path

import psutil

from reparto.ops.data_folder import DataFolder
from reparto.ops.embedded_postgres import FORGETFUL, find_cluster, start_server
from reparto.ops.keep_secrets import keep_secrets
from reparto.ops.make_environment import embedded_urls, make_environment
from reparto.ops.open_installation import bring_up_to_date
from reparto.ops.prepare_roles import APP, OWNER, Login, prepare_roles
from tests.cluster import TEMPLATE, Cluster


def hold_cluster(run: Path, kind: str, controller: int) -> None:
    """Start the cluster, migrate its template, and hold it until the run ends."""
    end = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: end.set())
    run_is_there = psutil.Process(controller).is_running
    folder = DataFolder(run / kind)
    folder.make()
    secrets = keep_secrets(folder)
    postgres = find_cluster(folder, password=secrets.superuser, options=FORGETFUL if kind == "forgetful" else ())
    server, port = start_server(postgres, tied=True)
    try:
        prepare_roles(
            postgres.url(port),
            database=TEMPLATE,
            owner=Login(OWNER, secrets.owner),
            app=Login(APP, secrets.app),
        )
        urls = embedded_urls(secrets, port=port, database=TEMPLATE)
        bring_up_to_date(make_environment(folder, urls=urls, secret_key=secrets.secret_key, base_url=""))
        Cluster(str(folder.path), port, psutil.Process().pid, secrets).write(run / f"{kind}.json")
        while not end.wait(0.5) and run_is_there():
            pass
    finally:
        server.send_signal(signal.SIGINT if kind == "durable" else signal.SIGQUIT)
        server.wait(30)
        shutil.rmtree(folder.path, ignore_errors=True)


if __name__ == "__main__":
    hold_cluster(Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]))
