"""The command ``toponym`` that the wheel holds."""

import json
import os
import shutil
import signal
import subprocess
import sys
import sysconfig

import pytest

import pytoponym

PROGRAM = shutil.which("toponym", path=sysconfig.get_path("scripts"))


def run(*arguments, given=""):
    return subprocess.run([PROGRAM, *arguments], input=given.encode(), capture_output=True, timeout=60)


def test_the_program_answers():
    done = run("tag", "--format", "jsonl", given="Rain in Homs.")
    assert done.returncode == 0 and json.loads(done.stdout)["mentions"][0]["text"] == "Homs"
    assert run("--version").stdout.decode().strip() == f"toponym {pytoponym.__version__}"
    module = subprocess.run([sys.executable, "-m", "pytoponym", "lookup", "Homs"], capture_output=True, timeout=60)
    assert b"geonames:169577" in module.stdout


def test_exit_codes_are_the_program_s():
    assert run("lookup", "Xyzzyqwf").returncode == 1
    assert run("tag", "/nowhere.txt").returncode == 1
    wrong = run("tag", "--by", "town")
    assert wrong.returncode == 2 and b"mention" in wrong.stderr


def test_an_interrupt_ends_the_program_in_order(tmp_path):
    output = tmp_path / "out.geojson"
    process = subprocess.Popen([PROGRAM, "tag", "-o", output], stdin=subprocess.PIPE, stderr=subprocess.PIPE)
    process.stdin.write(b"Rain in Homs.\n")
    process.stdin.flush()
    while not list(tmp_path.iterdir()):
        assert process.poll() is None
    process.send_signal(signal.SIGINT)
    # Its input stays open until it has ended: an end of the input would be an end in order.
    process.wait(timeout=60)
    _, message = process.communicate()
    assert process.returncode == 130, message
    assert b"Traceback" not in message and not output.exists()


@pytest.mark.skipif(os.name == "nt", reason="there are no such pipes")
def test_a_closed_pipe_is_no_failure():
    text = "Rain in Homs. " * 5
    command = f"yes '{text}' | head -n 20000 | '{PROGRAM}' tag --format csv | head -n 1"
    done = subprocess.run(["bash", "-c", f"set -o pipefail; {command}"], capture_output=True, timeout=60)
    assert done.stdout.count(b"\n") == 1 and b"Traceback" not in done.stderr and b"panick" not in done.stderr
