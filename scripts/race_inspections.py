"""Lets two sides race through one inspection (联检竞争), each in its own process, and counts what is lost."""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import time
from dataclasses import replace
from datetime import date
from pathlib import Path

from geoname.core.inspections.field_list import field_list
from geoname.core.inspections.field_record import FieldRecord, Presence, SegmentDetails
from geoname.core.inspections.inspection import Inspection, InspectionKind
from geoname.core.inspections.paper import Paper
from geoname.core.inspections.signature import REPORT
from geoname.core.inspections.stages import Document, Stage, Step
from geoname.core.register.token import Caller
from geoname.core.register.visibility import Role
from geoname.errors import ConflictError
from geoname.service.inspect_boundary import Asked, take_step
from geoname.service.inspect_boundary_signing import sign
from geoname.service.opened import Geoname
from geoname.store.open_store import open_store

SIDES = ("520102", "520103")
DAY = date(2026, 1, 5)


def prepare(address: str) -> None:
    """A case whose report waits for signatures; signed and taken back, it can go on for ever."""
    store = open_store(address, create=True)
    items = field_list([])
    case = Inspection(
        "race", "-".join(SIDES), "竞争", InspectionKind.REGULAR, 1, 2026, SIDES, SIDES[0],
        Stage.REPORT_DRAFT, DAY, items=items, plan_draft=1, report_draft=1, generated=True,
    )  # fmt: skip
    present = tuple(Presence(side, side) for side in SIDES)
    record = FieldRecord("r", "race", items[0].key, DAY, present, SIDES[0], "", None, SegmentDetails("", ""))
    paper = Paper("p", "race", Document.REPORT, "报告", DAY, SIDES[0], "", "2026-01-05T00:00:00Z")
    with store.changing_inspections("race") as writer:
        writer.open_case(case)
        file = writer.case("race")
        writer.save(file, replace(file, records=(record,), papers=(paper,)), "prepared")
    store.close()


def run_side(address: str, side: str, transitions: int) -> None:
    """Sign and step as fast as can be, the same steps as the other side, until enough are taken.

    Writes what was done and how often the other side was quicker.
    """
    store = open_store(address, busy_seconds=60)
    cache = Path(f"{address}.cache") if "://" not in address else Path("unused")
    geoname = Geoname(store, cache)
    caller = Caller(Role.OFFICER, f"token-{side}", (side,))
    done = {"steps": 0, "signatures": 0, "conflicts": 0}
    while True:
        file = store.inspection("race")
        assert file is not None
        case = file.inspection
        taken = 2 * (case.report_draft - 1) + (case.stage is Stage.SIGNED)
        if taken >= transitions:
            break
        asked = Asked(caller, None, None, case.version, case.since, "再改")
        try:
            if case.stage is Stage.SIGNED:
                take_step(geoname, asked, "race", Step.AMEND_REPORT)
                done["steps"] += 1
            elif side not in file.signed_sides(REPORT):
                sign(geoname, asked, "race", REPORT, file.digest(REPORT))
                done["signatures"] += 1
            else:
                take_step(geoname, asked, "race", Step.SIGN_REPORT)
                done["steps"] += 1
        except ConflictError:
            done["conflicts"] += 1
    store.close()
    print(json.dumps(done))


def race(address: str, transitions: int) -> dict[str, object]:
    """Both sides against each other; what they did, and every disagreement with what is kept."""
    prepare(address)
    began = time.perf_counter()
    command = [sys.executable, __file__, address, "--transitions", str(transitions), "--side"]
    sides = [subprocess.Popen([*command, side], stdout=subprocess.PIPE, text=True) for side in SIDES]
    done = [json.loads(side.communicate()[0]) for side in sides]
    seconds = time.perf_counter() - began
    store = open_store(address)
    file = store.inspection("race")
    assert file is not None
    records = store.audit("inspection:race")
    steps, signatures = (sum(one[kind] for one in done) for kind in ("steps", "signatures"))
    kept = [(one.side, one.digest) for one in file.signatures]
    told = [record.action for record in records if record.action.startswith("step")]
    faults = [fault.trouble for fault in store.verify()]
    expected = [f"step {(Step.SIGN_REPORT, Step.AMEND_REPORT)[place % 2]}" for place in range(len(told))]
    if file.inspection.version != 2 + steps + signatures:
        faults.append(
            f"version {file.inspection.version} after {steps + signatures} writes: updates were lost"
        )
    if len(kept) != len(set(kept)) or len(kept) != signatures:
        faults.append("a side signed twice, or a signature was lost")
    if told != expected or len(told) != steps:
        faults.append("the chain does not tell the steps that were taken")
    store.close()
    return {
        "steps": steps, "signatures": signatures, "conflicts": sum(one["conflicts"] for one in done),
        "by_side": done, "seconds": round(seconds, 1), "faults": faults,
    }  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("address", help="a database of its own, which is made")
    parser.add_argument("--transitions", type=int, default=1000)
    parser.add_argument("--side", choices=SIDES, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.side:
        run_side(asked.address, asked.side, asked.transitions)
        return
    found = race(asked.address, asked.transitions)
    print(json.dumps(found, ensure_ascii=False))
    sys.exit(1 if found["faults"] else 0)


if __name__ == "__main__":
    main()
