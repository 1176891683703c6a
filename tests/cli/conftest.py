"""Black-box tests of the command line. QUOTED_PROGRAM names the program; without it build/quoted is tested."""

import os
import sqlite3
import subprocess
from pathlib import Path

import pytest

PROGRAM = Path(os.environ.get("QUOTED_PROGRAM", "build/quoted")).resolve()
RUN_SECONDS = 120  # a run that takes so long hangs

OK, FAILED, USAGE, REFUSED = 0, 1, 2, 3


def clean_environment(extra=None):
    """The environment without what would set the program's options."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("QUOTED_")}
    return {**kept, **(extra or {})}


class Program:
    """Runs the program in a folder of its own, so that no path in a message depends on the machine."""

    def __init__(self, folder):
        self.folder = folder
        self.db = folder / "test.db"

    def __call__(self, *arguments, stdin=b"", env=None, user=None):
        command = [str(PROGRAM), *map(str, arguments)]
        if user:
            command = ["setpriv", f"--reuid={user}", f"--regid={user}", "--clear-groups", *command]
        return subprocess.run(command, cwd=self.folder, input=stdin.encode() if isinstance(stdin, str) else stdin,
                              capture_output=True, timeout=RUN_SECONDS, env=clean_environment(env), check=False)

    def start(self, *arguments, **options):
        return subprocess.Popen([str(PROGRAM), *map(str, arguments)], cwd=self.folder, env=clean_environment(), **options)

    def ingest(self, *arguments, **options):
        return self("ingest", "--db", self.db.name, *arguments, **options)

    def write(self, name, content):
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    def rows(self, sql, *parameters):
        connection = sqlite3.connect(f"file:{self.db}?mode=ro", uri=True)
        try:
            return connection.execute(sql, parameters).fetchall()
        finally:
            connection.close()

    def count(self):
        return self.rows("SELECT count(*) FROM article")[0][0]

    def titles(self):
        return sorted(title for (title,) in self.rows("SELECT title FROM article"))

    def revision(self):
        return self.rows("SELECT revision FROM store")[0][0]


@pytest.fixture
def quoted(tmp_path):
    assert PROGRAM.exists(), f"{PROGRAM} is not there: build it, or name it in QUOTED_PROGRAM"
    return Program(tmp_path)
