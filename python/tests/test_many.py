"""Many documents: order, memory, errors, interrupts, threads, forks."""

import concurrent.futures
import itertools
import json
import multiprocessing
import os
import signal
import subprocess
import sys
import textwrap
import threading
import time

import pytest
from conftest import TEXTS, same

import pytoponym
from pytoponym import DocumentError, DocumentTypeError, Geoparser


@pytest.mark.parametrize("jobs", [1, 2, 7, None])
def test_results_come_in_order_and_are_those_of_parse(geoparser, jobs):
    documents = [text + f" {number}." for number in range(40) for text in TEXTS]
    results = list(geoparser.parse_many(documents, jobs=jobs))
    assert same(results, [geoparser.parse(text) for text in documents])


def test_mappings_are_documents(geoparser, tmp_path):
    lines = [
        {"id": 1, "text": "Rain.", "title": "Homs", "date": "2020-01-02", "lang": "en", "beat": {"a": 1}},
        {"id": "b", "text": "Snow in Oslo.", "meta": {"title": "Bergen", "x": None}, "url": "https://www.example.org/a"},
        {"text": "Köln."},
    ]
    results = list(geoparser.parse_many(lines))
    assert [result.title for result in results] == ["Homs", "Bergen", None]
    path = tmp_path / "lines.jsonl"
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    command = [sys.executable, "-m", "pytoponym", "tag", "--format", "jsonl", path]
    program = subprocess.run(command, capture_output=True, check=True).stdout.decode()
    expected = [json.loads(line) for line in program.splitlines()]
    # The program names a document without an id by its line.
    assert [{**result.to_dict(), "id": ""} for result in results] == [{**line, "id": ""} for line in expected]


def test_documents_are_read_as_results_are_taken(geoparser):
    read = itertools.count()
    results = geoparser.parse_many((f"Rain in Homs. {next(read)}" for _ in itertools.count()), jobs=2)
    for _ in range(1000):
        next(results)
    assert next(read) < 1000 + 2 * 32 + 2
    taken = []

    def slow():
        for number in range(4):
            time.sleep(0.3)
            taken.append(number)
            yield f"Rain in Homs. {number}"

    for number, _ in enumerate(geoparser.parse_many(slow(), jobs=1)):
        # A result that is there does not wait for more than the next document.
        assert len(taken) <= number + 2


def test_a_bad_document_is_one_error(geoparser):
    documents = ["Homs.", None, "a\ud800", b"x", float("nan"), {"id": 1}, {"text": 3}, {"text": "x", "meta": 5}, "Oslo."]
    results = geoparser.parse_many(documents)
    assert next(results)[0].text == "Homs"
    for number, kind in enumerate([DocumentTypeError, DocumentError] + [DocumentTypeError] * 5, 1):
        with pytest.raises(kind, match=f"^document {number}: "):
            next(results)
    assert next(results)[0].text == "Oslo"
    assert list(results) == []
    returned = list(geoparser.parse_many(documents, on_error="return"))
    assert [isinstance(result, pytoponym.Error) for result in returned] == [False] + [True] * 7 + [False]
    assert "index 1" in str(returned[2]) and "decode" in str(returned[3])


def test_what_the_source_raises_comes_in_its_turn(geoparser):
    def documents():
        yield "Homs."
        yield "Oslo."
        raise KeyError("gone")

    for on_error in ("raise", "return"):
        results = geoparser.parse_many(documents(), jobs=2, on_error=on_error)
        assert [next(results)[0].text, next(results)[0].text] == ["Homs", "Oslo"]
        with pytest.raises(KeyError, match="gone"):
            next(results)
        assert list(results) == []


class Odd(dict):
    def items(self):
        raise UnicodeEncodeError("utf-8", "x", 0, 1, "odd")


def test_what_a_mapping_raises_is_raised_as_it_is(geoparser):
    results = geoparser.parse_many(["Homs.", Odd(), "Oslo."])
    next(results)
    with pytest.raises(UnicodeEncodeError, match="odd"):
        next(results)
    assert next(results)[0].text == "Oslo"


def test_odd_arguments_are_told(geoparser):
    assert list(geoparser.parse_many([])) == []
    for documents in ("one text", 5, None):
        with pytest.raises((pytoponym.OptionError, TypeError)):
            geoparser.parse_many(documents)
    for options in ({"jobs": 0}, {"jobs": 5000}, {"on_error": "ignore"}):
        with pytest.raises(pytoponym.OptionError):
            geoparser.parse_many([], **options)


def test_threads_share_a_geoparser(geoparser, article):
    expected = geoparser.parse(article)
    with concurrent.futures.ThreadPoolExecutor(8) as pool:
        assert same(pool.map(geoparser.parse, [article] * 40), [expected] * 40)
        many = lambda _: list(geoparser.parse_many([article] * 5, jobs=2))
        assert all(same(results, [expected] * 5) for results in pool.map(many, range(4)))


INTERRUPTED = """
import itertools, os, signal, sys, threading, time
import pytoponym
# Shells have processes in the background ignore interrupts.
signal.signal(signal.SIGINT, signal.default_int_handler)
geoparser = pytoponym.Geoparser()
text = "Rain in Homs, snow in Oslo and Bergen. " * 20000
threading.Timer(1.0, os.kill, (os.getpid(), signal.SIGINT)).start()
try:
    {call}
except KeyboardInterrupt:
    print("interrupted", flush=True)
"""


def test_an_interrupt_while_a_document_is_looked_at_is_not_swallowed(geoparser):
    class Interrupting:
        @property
        def __class__(self):
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        list(geoparser.parse_many([Interrupting()], on_error="return"))
    with pytest.raises(KeyboardInterrupt):
        list(geoparser.parse_many([{"text": "Homs", "meta": Interrupting()}], on_error="return"))


@pytest.mark.parametrize(
    "call",
    [
        "list(geoparser.parse_many(itertools.repeat(text), jobs=2))",
        "[geoparser.parse('Homs. ' * 10) for _ in itertools.count()]",
        "geoparser.parse(text * 130)",
        "geoparser.resolve(text * 130, [(8, 12)])",
        "pytoponym.write(geoparser.parse_many(itertools.repeat(text), jobs=2), 'out.jsonl')",
        "pytoponym.gazetteer.build('t.csv', 't.idx')",
        "import pyarrow; pyarrow.table(geoparser.parse_arrow(pyarrow.table({'text': [text] * 200}), jobs=2))",
    ],
)
def test_an_interrupt_ends_it(call, tmp_path):
    if "pyarrow" in call:
        pytest.importorskip("pyarrow")
    if "t.csv" in call:
        (tmp_path / "t.csv").write_text("id,name,lat,lon\n" + "".join(f"{n},Aheim {n},50,8\n" for n in range(2_000_000)))
    script = INTERRUPTED.format(call=call)
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, timeout=120, cwd=tmp_path)
    assert done.returncode == 0 and b"interrupted" in done.stdout, done.stderr.decode()
    assert [path.name for path in tmp_path.iterdir() if path.name != "t.csv"] == []


def answer(text):
    return [mention.place.name for mention in Geoparser().parse(text)]


@pytest.mark.skipif(not hasattr(os, "fork"), reason="there are no forks")
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_forks_are_safe_amid_work(geoparser, article):
    stop = threading.Event()

    def work():
        while not stop.is_set():
            for _ in geoparser.parse_many([article] * 4, jobs=2):
                pass
            geoparser.parse(article)

    workers = [threading.Thread(target=work) for _ in range(2)]
    for worker in workers:
        worker.start()
    try:
        context = multiprocessing.get_context("fork")
        for _ in range(8):
            with context.Pool(2) as pool:
                assert pool.map_async(answer, ["Rain in Homs."] * 4).get(timeout=60) == [["Homs"]] * 4
    finally:
        stop.set()
        for worker in workers:
            worker.join()


@pytest.mark.skipif(not hasattr(os, "fork"), reason="there are no forks")
def test_an_iterator_does_not_work_across_a_fork(geoparser):
    results = geoparser.parse_many(["Homs."] * 200, jobs=2)
    next(results)
    child = os.fork()
    if child == 0:
        try:
            next(results)
        except DocumentError as error:
            os._exit(0 if "another process" in str(error) else 3)
        except BaseException:
            os._exit(4)
        os._exit(5)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    assert len(list(results)) == 199


def test_spawned_processes_take_a_geoparser(tmp_path):
    script = tmp_path / "spawned.py"
    script.write_text(
        textwrap.dedent(
            """
            import concurrent.futures, multiprocessing, pytoponym
            if __name__ == "__main__":
                geoparser = pytoponym.Geoparser(focus="SY")
                context = multiprocessing.get_context("spawn")
                with concurrent.futures.ProcessPoolExecutor(1, mp_context=context) as pool:
                    result = pool.submit(geoparser.parse, "Rain in Homs.").result()
                print(result == geoparser.parse("Rain in Homs."))
            """
        )
    )
    done = subprocess.run([sys.executable, script], capture_output=True, timeout=120)
    assert done.stdout.strip() == b"True", done.stderr.decode()
