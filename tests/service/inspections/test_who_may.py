"""Role × side × step: every cell of who may do what, through the service."""

from __future__ import annotations

import pytest

from geoname.core.inspections.signature import PLAN, REPORT
from geoname.core.inspections.stages import OF_STEP, Document, Party, Stage, Step
from geoname.core.register.visibility import Role
from geoname.errors import (
    ForbiddenError,
    GeonameError,
    InvalidInputError,
    NotFoundError,
    UnauthenticatedError,
)
from geoname.service.inspect_boundary import Asked, PaperGiven, add_paper, show_inspection, take_step
from geoname.service.inspect_boundary_signing import list_signatures, sign

WHO = ("lead", "side", "above both", "province", "neighbour", "within the lead", "none")
PARTY = {
    "lead": Party.LEAD,
    "side": Party.SIDE,
    "above both": Party.ORGAN,
    "province": Party.ORGAN,
}
SEES = {"lead", "side", "above both", "province", "within the lead"}


def expected(role, who, step):
    """What becomes of a step: None when it is taken, else the error."""
    everywhere = role is Role.ADMINISTRATOR and who == "none"
    if role is Role.PUBLIC:
        return UnauthenticatedError
    if not everywhere and who not in SEES:
        return NotFoundError
    if role in (Role.READER, Role.RECORDER):
        return ForbiddenError
    party = Party.ORGAN if everywhere else PARTY.get(who)
    return None if party in OF_STEP[step].parties else ForbiddenError


@pytest.mark.parametrize("step", Step)
@pytest.mark.parametrize("role", Role)
def test_every_cell_of_the_matrix(geoname, put, caller, role, step):
    stage = OF_STEP[step].source
    for who in WHO:
        case = put(stage)
        asked = Asked(caller(role, who), version=case.version, on=case.since, reason="补正")
        wanted = expected(role, who, step)
        try:
            after = take_step(geoname, asked, case.id, step)
            came = None
            assert after.stage == OF_STEP[step].target
        except GeonameError as error:
            came = type(error)
            assert geoname.store.inspection(case.id).inspection == case, "nothing changed"
        assert came is wanted, f"{role} {who} {step}: {came} instead of {wanted}"


@pytest.mark.parametrize("step", Step)
@pytest.mark.parametrize("side", ["520102", "520103", None])
def test_the_keeper_acts_for_the_side_that_he_names(geoname, put, caller, step, side):
    case = put(OF_STEP[step].source)
    party = {"520102": Party.LEAD, "520103": Party.SIDE, None: Party.ORGAN}[side]
    asked = Asked(caller("keeper", "none"), side, "张三", case.version, case.since, "补正")
    if party in OF_STEP[step].parties:
        assert take_step(geoname, asked, case.id, step).stage == OF_STEP[step].target
        record = next(
            one for one in geoname.store.audit(f"inspection:{case.id}") if one.action == f"step {step}"
        )
        assert record.actor == "张三 (库管)"
    else:
        with pytest.raises(ForbiddenError):
            take_step(geoname, asked, case.id, step)


@pytest.mark.parametrize("subject", [PLAN, REPORT])
@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("who", WHO)
def test_a_side_signs_for_itself_and_nobody_for_two(geoname, put, caller, role, who, subject):
    case = put(Stage.PLAN_DRAFTED if subject == PLAN else Stage.REPORT_DRAFT, signed=False)
    digest = geoname.store.inspection(case.id).digest(subject)
    asked = Asked(caller(role, who))
    if role in (Role.OFFICER, Role.ADMINISTRATOR) and who in ("lead", "side"):
        made = sign(geoname, asked, case.id, subject, digest)
        assert made.side == {"lead": "520102", "side": "520103"}[who]
        return
    with pytest.raises((UnauthenticatedError, NotFoundError, ForbiddenError)):
        sign(geoname, asked, case.id, subject, digest)
    assert geoname.store.inspection(case.id).signatures == ()


def test_a_token_cannot_name_another_side(geoname, put, caller):
    case = put(Stage.PLAN_DRAFTED, signed=False)
    digest = geoname.store.inspection(case.id).digest(PLAN)
    for who in ("lead", "above both"):
        with pytest.raises(ForbiddenError):
            sign(geoname, Asked(caller("officer", who), "520103"), case.id, PLAN, digest)
    with pytest.raises(InvalidInputError, match="no side of this inspection"):
        sign(geoname, Asked(caller("officer", "lead"), "520111"), case.id, PLAN, digest)


def test_somebody_for_two_of_three_sides_is_no_party(geoname, put, caller):
    case = put(Stage.PLAN_FILED, sides=("520102", "520103", "520321"))
    with pytest.raises(ForbiddenError, match="for no side of this inspection, nor for all"):
        take_step(geoname, Asked(caller("officer", "above both")), case.id, Step.RETURN_PLAN)
    asked = Asked(caller("officer", "province"), on=case.since, reason="补正")
    assert take_step(geoname, asked, case.id, Step.RETURN_PLAN).stage == Stage.PLAN_DRAFTED


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("who", WHO)
def test_who_sees_a_case_and_who_hands_in_a_paper(geoname, put, caller, role, who):
    case = put(Stage.FIELD)
    someone = caller(role, who)
    everywhere = role is Role.ADMINISTRATOR and who == "none"
    if role is Role.PUBLIC:
        with pytest.raises(UnauthenticatedError):
            show_inspection(geoname, someone, case.id)
        return
    if who not in SEES and not everywhere:
        for ask in (show_inspection, list_signatures):
            with pytest.raises(NotFoundError):
                ask(geoname, someone, case.id)
        return
    assert show_inspection(geoname, someone, case.id).id == case.id
    paper = PaperGiven(Document.LETTER, "函")
    acts = everywhere or who != "within the lead"
    if role is not Role.READER and acts:
        assert add_paper(geoname, Asked(someone), case.id, paper).papers[-1].title == "函"
    else:
        with pytest.raises(ForbiddenError):
            add_paper(geoname, Asked(someone), case.id, paper)
