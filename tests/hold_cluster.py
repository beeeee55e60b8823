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
from reparto.ops.open_installation import prepare_embedded
from tests.cluster import Cluster
from tests.ready_installation import copy_ready_installation
from tests.run_folder import on_disk

#: Of what is in memory, no more is kept than is read again.
SMALL = "max_wal_size=128MB"


def hold_cluster(run: Path, kind: str, controller: int) -> None:
    """Start the cluster, its template migrated, and hold it until the run ends."""
    end = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: end.set())
    run_is_there = psutil.Process(controller).is_running
    folder = DataFolder((run if kind == "forgetful" else on_disk(run)) / kind)
    secrets = copy_ready_installation(folder)
    options = (*FORGETFUL, SMALL) if kind == "forgetful" else ()
    postgres = find_cluster(folder, password=secrets.superuser, options=options)
    server, port = start_server(postgres, tied=True)
    try:
        prepare_embedded(postgres, secrets, port=port)
        Cluster(str(folder.path), port, psutil.Process().pid, secrets).write(run / f"{kind}.json")
        while not end.wait(0.5) and run_is_there():
            pass
    finally:
        server.send_signal(signal.SIGINT if kind == "durable" else signal.SIGQUIT)
        server.wait(30)
        shutil.rmtree(folder.path, ignore_errors=True)


if __name__ == "__main__":
    hold_cluster(Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]))
