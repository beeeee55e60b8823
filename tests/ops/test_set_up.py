"""Set-up: the scripts behind `make setup`."""

import os
import shutil
import subprocess
from pathlib import Path

import polib
import pytest

ROOT = Path(__file__).resolve().parent.parent.parent


def find_python(**environment: str) -> subprocess.CompletedProcess[str]:
    """Run the search of the set-up for a Python."""
    return subprocess.run(
        ["scripts/bootstrap.sh", "--find-python"],
        cwd=ROOT,
        env=os.environ | environment,
        capture_output=True,
        text=True,
        check=False,
    )


class TestFindPython:
    def test_it_finds_one_that_works(self) -> None:
        """Some Python from 3.12 to 3.14 is found, and runs."""
        found = find_python().stdout.strip()
        version = subprocess.run(
            [found, "-c", "import sys; print(*sys.version_info[:2])"], capture_output=True, text=True, check=True
        )

        assert version.stdout.strip() in ("3 12", "3 13", "3 14")

    def test_a_broken_candidate_is_passed_over(self, tmp_path: Path) -> None:
        """A program that is called python but fails, as shims do, is not taken."""
        shim = tmp_path / "python3.13"
        shim.write_text("#!/bin/sh\nexit 127\n")
        shim.chmod(0o755)
        found = find_python(PATH=f"{tmp_path}:{os.environ['PATH']}", REPARTO_PYTHON=str(shim)).stdout.strip()

        assert found
        assert str(shim) != found

    def test_the_one_that_is_named_comes_first(self, tmp_path: Path) -> None:
        """REPARTO_PYTHON chooses, if it fits."""
        named = tmp_path / "my-python"
        named.symlink_to(find_python().stdout.strip())

        assert str(named) == find_python(REPARTO_PYTHON=str(named)).stdout.strip()


class TestCompileMessages:
    @pytest.fixture
    def catalogue(self, tmp_path: Path) -> Path:
        """A catalogue with one translation."""
        path = tmp_path / "es" / "LC_MESSAGES" / "django.po"
        path.parent.mkdir(parents=True)
        catalogue = polib.POFile()
        catalogue.append(polib.POEntry(msgid="Unassigned", msgstr="Sin asignar"))
        catalogue.save(str(path))
        return path

    def run(self, folder: Path) -> None:
        """Run the script on a folder."""
        python = shutil.which("python", path=str(ROOT / ".venv" / "bin"))
        subprocess.run([python, "scripts/compile_messages.py", str(folder)], cwd=ROOT, check=True)

    def test_it_makes_what_gettext_reads(self, catalogue: Path, tmp_path: Path) -> None:
        """Each .po gets a .mo beside it with the same translations."""
        self.run(tmp_path)

        assert "Sin asignar" == polib.mofile(str(catalogue.with_suffix(".mo"))).find("Unassigned").msgstr

    def test_it_leaves_what_is_new_enough(self, catalogue: Path, tmp_path: Path) -> None:
        """A second run touches nothing."""
        self.run(tmp_path)
        made = catalogue.with_suffix(".mo").stat().st_mtime_ns
        self.run(tmp_path)

        assert made == catalogue.with_suffix(".mo").stat().st_mtime_ns
