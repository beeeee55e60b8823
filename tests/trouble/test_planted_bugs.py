"""Bugs that are planted to see the tests of trouble fail: a suite that never failed on one proves nothing."""

import subprocess
from pathlib import Path

import pytest

from tests.cluster import ROOT

PLANTED = sorted(Path(__file__).with_name("planted").glob("*.patch"))
#: These three at every commit, the others by `make proof` and `make drill`.
ALWAYS = ("acknowledge_before_commit", "mark_before_effect", "missing_unique_key")


class TestAPlantedBug:
    """Small patches in `planted/`, each with the test that must see it."""

    @pytest.mark.parametrize("patch", PLANTED, ids=lambda patch: patch.stem)
    def test_can_still_be_planted(self, patch: Path) -> None:
        """Each patch applies to the code as it stands; one that does not is made anew."""
        done = subprocess.run(
            ["git", "apply", "--check", str(patch)], cwd=ROOT, capture_output=True, text=True, check=False
        )

        assert "" == done.stderr
        assert (ROOT / _test_of(patch).partition("::")[0]).exists()

    @pytest.mark.timeout(600)
    @pytest.mark.parametrize("name", ALWAYS)
    def test_turns_its_test_red(self, name: str) -> None:
        """With acknowledge-before-commit, mark-before-effect or the missing unique key the kill loop fails."""
        plant(name)

    @pytest.mark.slow
    @pytest.mark.timeout(600)
    @pytest.mark.parametrize("name", sorted({patch.stem for patch in PLANTED} - set(ALWAYS)))
    def test_of_another_kind_turns_its_test_red(self, name: str) -> None:
        """With any other planted bug its test fails."""
        plant(name)


def plant(name: str) -> None:
    """Plant one bug in a copy of the tree and expect red."""
    done = subprocess.run(
        [ROOT / "scripts/plant_bugs.sh", name], cwd=ROOT, capture_output=True, text=True, check=False, timeout=590
    )
    assert 0 == done.returncode, done.stdout + done.stderr


def _test_of(patch: Path) -> str:
    (line,) = [line for line in patch.read_text().splitlines() if line.startswith("Test: ")]
    return line.removeprefix("Test: ")
