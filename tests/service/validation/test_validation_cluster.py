"""The same bytes from a cluster of real worker processes, also when one of them is killed."""

import os
import signal
import threading
import time

import distributed
import pytest
from stand_in_matcher import FakeMatcher, Opener

from geoname.errors import NotReadyError
from geoname.service.validate_file import validate_file
from geoname.service.validation_cluster import Cluster
from geoname.service.validation_rows import Question
from geoname.service.validation_runners import OneProcess

pytestmark = [
    pytest.mark.xdist_group("cluster"),
    # Dask's own event loop leaves sockets to the collector when its processes are ended.
    pytest.mark.filterwarnings("default::ResourceWarning"),
    pytest.mark.filterwarnings("default::pytest.PytestUnraisableExceptionWarning"),
]


@pytest.fixture
def cluster():
    """Two workers in processes of their own; their processes can be told apart."""
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, dashboard_address=":0", silence_logs=50
    ) as cluster:
        yield cluster


@pytest.fixture
def long(tmp_path):
    path = tmp_path / "in.csv"
    texts = ["花溪区", "遵义县南白镇", "", "什么"]
    path.write_text("地名,b\n" + "".join(f"{texts[number % 4]},{number}\n" for number in range(30_000)))
    return path


def processes(cluster):
    with distributed.Client(cluster, set_as_default=False) as client:
        return list(client.run(os.getpid).values())


def test_a_cluster_writes_the_same_bytes(cluster, long, tmp_path):
    whole = validate_file(long, tmp_path / "whole.csv", Question("地名"), OneProcess(FakeMatcher()))
    marks = tmp_path / "marks"
    marks.mkdir()
    runner = Cluster(FakeMatcher(), Opener(marks=str(marks)), cluster.scheduler_address)
    result = validate_file(long, tmp_path / "out.csv", Question("地名"), runner)
    assert (tmp_path / "out.csv").read_bytes() == (tmp_path / "whole.csv").read_bytes()
    assert result.tally == whole.tally
    opened = {int(mark.name.split("-")[1]) for mark in marks.iterdir()}
    assert opened == {*processes(cluster)}
    assert len(list(marks.iterdir())) == 2


def test_a_worker_killed_in_mid_run_costs_no_row(cluster, long, tmp_path):
    validate_file(long, tmp_path / "whole.csv", Question("地名"), OneProcess(FakeMatcher()))
    victim = processes(cluster)[0]
    told = []

    def kill_once(*far):
        told.append(far)
        if len(told) == 2:
            os.kill(victim, signal.SIGKILL)

    runner = Cluster(FakeMatcher(), Opener(pause=0.2), cluster.scheduler_address)
    result = validate_file(long, tmp_path / "out.csv", Question("地名"), runner, progress=kill_once)
    assert result.tally.rows == 30_000
    assert (tmp_path / "out.csv").read_bytes() == (tmp_path / "whole.csv").read_bytes()
    with pytest.raises(ProcessLookupError):
        os.kill(victim, 0)


def test_a_worker_with_other_data_is_refused(cluster, long, tmp_path):
    runner = Cluster(FakeMatcher(generation="2"), Opener(generation="1"), cluster.scheduler_address)
    with pytest.raises(NotReadyError, match="same database"):
        validate_file(long, tmp_path / "out.csv", Question("地名"), runner)


def test_a_cluster_that_does_not_answer_is_told(long, tmp_path, monkeypatch):
    from geoname.service import validation_cluster

    monkeypatch.setattr(validation_cluster, "_CONNECT_S", 0.5)
    began = time.monotonic()
    with pytest.raises(NotReadyError, match="does not answer"):
        validate_file(
            long,
            tmp_path / "out.csv",
            Question("地名"),
            Cluster(FakeMatcher(), Opener(), "tcp://127.0.0.1:9"),
        )
    assert time.monotonic() - began < 20
    assert threading.active_count() < 50
