"""How the tests of naming procedures ask: propose, record, approve."""

from __future__ import annotations

PAPERS = ["application", "plan", "description", "experts", "opinions", "assessment"]
STREET = {"class": "21800", "within": "520111", "reason": "新建道路", "position": "东起贵筑路"}
APPROVAL = {"kind": "approve", "authority": "花溪区人民政府", "approver": "government"}


def propose(client, headers, name, **more):
    return client.post("/v1/names", json={"name": name, **STREET, **more}, headers=headers)


def record(client, headers, id_, **body):
    return client.post(f"/v1/names/{id_}/events", json=body, headers=headers)


def approve(client, headers, id_, **more):
    return record(client, headers, id_, **{**APPROVAL, "papers": PAPERS, **more})
