"""The supervisor: children that should always run."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest

from reparto.ops.supervise import Child, Hopeless, Supervisor
from reparto.ops.tie_to_parent import tie_to_parent
from tests.product import eventually, lives


def child(name: str, program: str = "import time; time.sleep(60)", **more) -> Child:
    """A child that runs a few words of Python."""
    return Child(name, lambda: subprocess.Popen([sys.executable, "-c", program], process_group=0), **more)


@pytest.fixture
def supervisor():
    """A supervisor that notes no signals, so that the tests keep theirs; its children end with the test."""
    supervisor = Supervisor(ready=True)
    yield supervisor
    supervisor.stop_all()


def watch(supervisor: Supervisor, seconds: float) -> None:
    """Let the supervisor do its work for a while."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        supervisor.pause(0.05)


class TestAChildThatDies:
    def test_killed_it_is_back_at_once(self, supervisor: Supervisor) -> None:
        """A child killed from outside runs again within 0.3 s, however often that happens."""
        worker = child("worker")
        supervisor.start(worker)
        former = set()
        for _ in range(3):
            former.add(worker.process.pid)
            worker.process.kill()
            worker.process.wait()
            watch(supervisor, 0.3)

            assert worker.process.pid not in former
            assert worker.process.poll() is None

    def test_ending_by_itself_it_waits_longer_each_time(self, supervisor: Supervisor) -> None:
        """A child that ends by itself at once is not started in a tight circle."""
        broken = child("broken", "raise SystemExit(3)")
        supervisor.start(broken)
        watch(supervisor, 1.5)

        assert 1 <= broken.falls <= 3
        assert broken.start_again_at is not None

    def test_its_followers_go_with_it(self, supervisor: Supervisor, tmp_path: Path) -> None:
        """A process that a killed child has started does not stay behind, holding its port."""
        note = tmp_path / "pid"
        program = (
            "import subprocess, sys, time; p = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)']);"
            f" open({str(note)!r}, 'w').write(str(p.pid)); time.sleep(60)"
        )
        web = child("web", program)
        supervisor.start(web)
        assert eventually(lambda: note.exists() and note.read_text())
        follower = psutil.Process(int(note.read_text()))
        web.process.kill()
        web.process.wait()
        watch(supervisor, 0.3)

        assert eventually(lambda: not lives(follower))

    def test_before_all_are_ready_it_is_hopeless(self, supervisor: Supervisor) -> None:
        """If a child ends again and again before the installation was ready, the start is given up."""
        supervisor.ready = False
        supervisor.start(child("broken", "raise SystemExit(3)"))

        with pytest.raises(Hopeless, match="broken ended 3 times with status 3"):
            watch(supervisor, 10)

    def test_finished_it_may_rest(self, supervisor: Supervisor) -> None:
        """A child that may finish and ends well is not started again."""
        supervisor.start(child("demo", "pass", may_finish=True))
        watch(supervisor, 0.5)

        assert [] == supervisor.children


class TestStopping:
    def test_the_last_stage_stops_first(self, tmp_path: Path) -> None:
        """Children stop stage by stage, in reverse, so that nobody loses what they stand on."""
        supervisor, note = Supervisor(ready=True), tmp_path / "order"
        for stage, name in enumerate(("database", "worker", "web")):
            told = f"open({str(note)!r}, 'a').write('{name} '), exit()"
            program = (
                f"import signal, time; signal.signal(15, lambda *_: ({told})); print(1, flush=True); time.sleep(60)"
            )
            supervisor.start(child(name, program, stage=stage))
        time.sleep(0.5)
        supervisor.stop_all()

        assert "web worker database " == note.read_text()

    def test_who_does_not_listen_is_killed(self) -> None:
        """A child that ignores the request is killed when its grace is over."""
        supervisor = Supervisor(ready=True)
        deaf = child("deaf", "import signal, time; signal.signal(15, signal.SIG_IGN); time.sleep(60)", grace=0.3)
        supervisor.start(deaf)
        time.sleep(0.3)
        supervisor.stop_all()

        assert -signal.SIGKILL == deaf.process.returncode


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux can")
class TestTieToParent:
    def test_a_child_ends_when_its_parent_is_killed(self) -> None:
        """A tied child does not outlive `kill -9` of the process that started it."""
        program = (
            "import subprocess, sys, time; from reparto.ops.tie_to_parent import tie_to_parent;"
            "p = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)'], preexec_fn=tie_to_parent());"
            "print(p.pid, flush=True); time.sleep(60)"
        )
        parent = subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True)
        tied = psutil.Process(int(parent.stdout.readline()))
        parent.kill()
        parent.communicate()

        assert eventually(lambda: not lives(tied))

    def test_a_parent_that_is_gone_already_is_noticed(self) -> None:
        """A child whose parent died before it could ask ends at once."""
        gone = subprocess.Popen(["true"])
        gone.wait()
        orphan = subprocess.Popen(["sleep", "60"], preexec_fn=tie_to_parent(parent=gone.pid))  # noqa: PLW1509

        assert 1 == orphan.wait(5)
        assert os.getpid() != gone.pid
