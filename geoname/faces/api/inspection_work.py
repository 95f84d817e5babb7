"""What can be asked of the work in a case (联检办理): records, findings, disputes, signatures, peace."""

from __future__ import annotations

from functools import partial
from typing import Annotated

from geoname.core.inspections.field_record import Condition, FieldRecord, MarkerState
from geoname.core.inspections.finding import FindingStep
from geoname.core.inspections.finding_rules import FindingKind
from geoname.core.inspections.peace import PeaceKind, PeaceRecord
from geoname.core.inspections.signature import Signature
from geoname.core.inspections.stages import Document
from geoname.core.register.token import Caller
from geoname.core.register.visibility import Role
from geoname.faces.api.inspection_parameters import (
    CHANGED,
    SEEN,
    Actor,
    CaseQuery,
    ChangeQuery,
    Few,
    Given,
    LongText,
    Papers,
    Photos,
    Present,
    References,
    Side,
    SideCodes,
    Why,
)
from geoname.faces.api.parameters import Text, says
from geoname.faces.api.preconditions import VersionIfTold
from geoname.faces.api.private import PrivateRoute
from geoname.service.inspect_boundary import PaperGiven
from geoname.service.inspect_boundary_findings import (
    FindingGiven,
    HandledSo,
    add_finding,
    decide_dispute,
    list_findings,
    open_dispute,
    step_finding,
)
from geoname.service.inspect_boundary_records import RecordGiven, correct_record, list_records, put_record
from geoname.service.inspect_boundary_signing import PeaceGiven, add_peace, list_peace, list_signatures, sign
from geoname.service.inspection_answers import (
    FindingList,
    FindingShown,
    InspectionShown,
    PeaceList,
    RecordList,
    SignatureList,
)
from geoname.service.opened import Geoname

ItemKey = Annotated[
    Text, says("外业清单中的项目", "key of an item of the field list", examples=["segment:start-end"])
]
Items = Annotated[tuple[Text, ...], Few, says("涉及的项目", "keys of the items")]
Seen = Annotated[Condition, says("状况", "condition")]
Yes = Annotated[bool, says("是否", "whether")]


class RecordQuery(ChangeQuery):
    """A field record of one item."""

    item: ItemKey
    present: Present
    day: Given = None
    state: Annotated[MarkerState, says("界桩状况", "state of the marker")] = MarkerState.INTACT
    type: Annotated[Text, says("界桩类型", "type of the marker")] = ""
    material: Annotated[Text, says("材质", "material")] = ""
    responsible_side: Annotated[Text, says("分管方代码", "code of the responsible side")] = ""
    paint: Seen = Condition.NOT_SEEN
    inscription: Seen = Condition.NOT_SEEN
    base: Seen = Condition.NOT_SEEN
    weeds_cleared: Annotated[bool, says("杂草已清除", "weeds were cleared")] = False
    references: References = ()
    lon: Annotated[
        float | None, says("实测经度，度", "longitude as measured", ge=-180, le=180, allow_inf_nan=False)
    ] = None
    lat: Annotated[
        float | None, says("实测纬度，度", "latitude as measured", ge=-90, le=90, allow_inf_nan=False)
    ] = None
    datum: Annotated[Text, says("实测坐标的基准", "datum of the measurement")] = ""
    deviation_m: Annotated[
        float | None, says("与登记位置的偏差，米", "deviation in metres", ge=0, allow_inf_nan=False)
    ] = None
    course: Annotated[LongText, says("走向说明", "course as agreed")] = ""
    linear_features: Annotated[LongText, says("线状地物及其变化", "linear features and their changes")] = ""
    ground_changes: Annotated[LongText, says("地物地貌变化", "changes on the ground")] = ""
    clear: Annotated[bool, says("实地界线是否清楚", "whether the line is clear on the ground")] = True
    unilateral_marks: Annotated[LongText, says("单方标志", "marks set up by one side")] = ""
    cross_border_works: Annotated[LongText, says("跨界生产建设", "works across the line")] = ""
    weather: Annotated[Text, says("天气", "weather")] = ""
    problem: Annotated[FindingKind | None, says("问题类别", "kind of problem")] = None
    handling: Annotated[LongText, says("处理意见", "opinion on handling")] = ""
    not_reached: Annotated[LongText, says("未能到位的理由", "why the item was not reached")] = ""
    photos: Photos = ()
    record_version: Annotated[
        int | None, says("修改已有记录时，其版本号", "version of the record that is replaced", ge=1)
    ] = None
    version: VersionIfTold = None
    side: Side = None
    actor: Actor = None


class CorrectionQuery(ChangeQuery):
    """What is wrong in a record."""

    record: Annotated[Text, says("记录标识", "id of the record")]
    field: Annotated[Text, says("更正哪一项", "field that is wrong")]
    after: Annotated[LongText, says("应为", "what it should be")]
    reason: Why
    version: VersionIfTold = None
    side: Side = None
    actor: Actor = None


class FindingQuery(ChangeQuery):
    """A finding to open."""

    kind: Annotated[FindingKind, says("问题类别 F1–F15", "kind of finding, F1 to F15")]
    item: ItemKey
    what: Annotated[LongText, says("问题", "what was found")]
    responsible_side: Annotated[Text, says("分管方代码", "code of the responsible side")] = ""
    record: Annotated[Text | None, says("据哪份记录", "id of the record it is from")] = None
    photos: Photos = ()
    to_verify: Annotated[bool, says("尚待核实", "a suspicion to be verified")] = False
    on: Given = None
    version: VersionIfTold = None
    side: Side = None
    actor: Actor = None


class FindingStepQuery(ChangeQuery):
    """A step with a finding."""

    finding: Annotated[Text, says("问题标识", "id of the finding")]
    step: Annotated[FindingStep, says("办理步骤", "the step")]
    papers: Papers = ()
    consents: SideCodes = ()
    present: SideCodes = ()
    receipt: Annotated[Text, says("备案回执号", "number of the filing's receipt")] = ""
    line_changed: Annotated[bool | None, says("走向说明是否改变", "whether the description changes")] = None
    responsible_side: Annotated[Text | None, says("商定的分管方", "responsible side as agreed")] = None
    on: Given = None
    reason: Why = ""
    version: VersionIfTold = None
    side: Side = None
    actor: Actor = None


class DisputeQuery(ChangeQuery):
    """A dispute about the position on the ground."""

    items: Items
    reason: Why
    on: Given = None
    version: VersionIfTold = None
    side: Side = None
    actor: Actor = None


class DecisionQuery(ChangeQuery):
    """The decision of a dispute."""

    dispute: Annotated[Text, says("争议标识", "id of the dispute")]
    title: Annotated[Text, says("决定的标题", "title of the decision")]
    number: Annotated[Text, says("文号", "number of the decision")] = ""
    text: Annotated[LongText, says("内容", "its text")] = ""
    on: Given = None
    version: VersionIfTold = None
    actor: Actor = None


class SignQuery(ChangeQuery):
    """A signature."""

    subject: Annotated[Text, says("签什么", "what is signed", examples=["plan", "report", "record:3f…"])]
    digest: Annotated[Text, says("所示内容的摘要", "digest of the content as it was shown")]
    version: VersionIfTold = None
    side: Side = None
    actor: Actor = None


class PeaceQuery(ChangeQuery):
    """Something done for peace along the line."""

    kind: Annotated[PeaceKind, says("种类", "kind")]
    title: Annotated[Text, says("标题", "title")]
    day: Given = None
    place: Annotated[Text, says("地点", "place")] = ""
    people: Annotated[LongText, says("参加人员", "people")] = ""
    content: Annotated[LongText, says("内容", "content")] = ""
    valid_until: Given = None
    files: Photos = ()
    version: VersionIfTold = None
    side: Side = None
    actor: Actor = None


def _records(geoname: Geoname, asked: CaseQuery, caller: Caller) -> RecordList:
    return list_records(geoname, caller, asked.id)


def _record(geoname: Geoname, asked: RecordQuery, caller: Caller) -> FieldRecord:
    own = {"id", "present", "references", "record_version", "version", "side", "actor"}
    given = RecordGiven(
        present=tuple(one.value() for one in asked.present),
        references=tuple(one.value() for one in asked.references),
        **{name: getattr(asked, name) for name in RecordQuery.model_fields if name not in own},
    )
    return put_record(geoname, asked.made_by(caller), asked.id, given, asked.record_version)


def _correct(geoname: Geoname, asked: CorrectionQuery, caller: Caller) -> FieldRecord:
    return correct_record(geoname, asked.made_by(caller), asked.id, asked.record, asked.field, asked.after)


def _findings(geoname: Geoname, asked: CaseQuery, caller: Caller) -> FindingList:
    return list_findings(geoname, caller, asked.id)


def _finding(geoname: Geoname, asked: FindingQuery, caller: Caller) -> FindingShown:
    given = FindingGiven(
        asked.kind,
        asked.item,
        asked.what,
        asked.responsible_side,
        asked.record,
        asked.photos,
        asked.to_verify,
    )
    return add_finding(geoname, asked.made_by(caller), asked.id, given)


def _handle(geoname: Geoname, asked: FindingStepQuery, caller: Caller) -> FindingShown:
    who = asked.made_by(caller)
    handled = HandledSo(
        tuple(paper.value() for paper in asked.papers), asked.consents, asked.present, asked.receipt,
        asked.line_changed, asked.responsible_side,
    )  # fmt: skip
    return step_finding(geoname, who, asked.id, asked.finding, asked.step, handled)


def _dispute(geoname: Geoname, asked: DisputeQuery, caller: Caller) -> InspectionShown:
    return open_dispute(geoname, asked.made_by(caller), asked.id, asked.items)


def _decide(geoname: Geoname, asked: DecisionQuery, caller: Caller) -> InspectionShown:
    paper = PaperGiven(Document.DECISION, asked.title, asked.number, asked.text)
    return decide_dispute(geoname, asked.made_by(caller), asked.id, asked.dispute, paper)


def _signatures(geoname: Geoname, asked: CaseQuery, caller: Caller) -> SignatureList:
    return list_signatures(geoname, caller, asked.id)


def _sign(geoname: Geoname, asked: SignQuery, caller: Caller) -> Signature:
    return sign(geoname, asked.made_by(caller), asked.id, asked.subject, asked.digest)


def _peace(geoname: Geoname, asked: CaseQuery, caller: Caller) -> PeaceList:
    return list_peace(geoname, caller, asked.id)


def _add_peace(geoname: Geoname, asked: PeaceQuery, caller: Caller) -> PeaceRecord:
    given = PeaceGiven(
        asked.kind, asked.title, asked.day, asked.place, asked.people, asked.content, asked.valid_until,
        asked.files,
    )  # fmt: skip
    return add_peace(geoname, asked.made_by(caller), asked.id, given)


_CASE = "/v1/inspections/{id}"
_reads = partial(PrivateRoute, query=CaseQuery, group="inspections", needs=Role.READER, problems=SEEN)
_changes = partial(
    PrivateRoute, group="inspections", method="POST", version_in_body=True, problems=CHANGED, status=201
)
ROUTES = (
    _reads(
        path=f"{_CASE}/records", answer=RecordList, ask=_records, command="inspections records",
        zh="外业记录及尚缺的项目", en="Field records, and the items that lack one",
    ),
    _changes(
        path=f"{_CASE}/records", query=RecordQuery, answer=FieldRecord, ask=_record,
        zh="交一个项目的外业记录；各方在场方有效",
        en="Keep the record of an item; it counts with all sides present",
        command="inspections record", needs=Role.RECORDER,
    ),
    _changes(
        path=f"{_CASE}/corrections", query=CorrectionQuery, answer=FieldRecord, ask=_correct,
        zh="更正一份记录：原记录不动，另记更正人和理由",
        en="Correct a record: it stays as it is, with author and reason beside it",
        command="inspections correct", needs=Role.RECORDER,
    ),
    _reads(
        path=f"{_CASE}/findings", answer=FindingList, ask=_findings, command="inspections findings",
        zh="问题及其处理依据", en="Findings, and what is to be done about them",
    ),
    _changes(
        path=f"{_CASE}/findings", query=FindingQuery, answer=FindingShown, ask=_finding,
        zh="登记一个问题", en="Open a finding",
        command="inspections finding", needs=Role.RECORDER,
    ),
    _changes(
        path=_CASE + "/findings/{finding}/transitions", query=FindingStepQuery, answer=FindingShown,
        ask=_handle, zh="办理一个问题的一步", en="Take a step with a finding",
        command="inspections handle", needs=Role.OFFICER, status=200,
    ),
    _changes(
        path=f"{_CASE}/disputes", query=DisputeQuery, answer=InspectionShown, ask=_dispute,
        zh="提出实地位置争议，冻结所涉地段", en="Raise a dispute about the position; the stretch is frozen",
        command="inspections dispute", needs=Role.OFFICER,
    ),
    _changes(
        path=_CASE + "/disputes/{dispute}/decision", query=DecisionQuery, answer=InspectionShown, ask=_decide,
        zh="登记批准机关对争议的决定", en="Enter the approving organ's decision of a dispute",
        command="inspections decide", needs=Role.OFFICER, status=200,
    ),
    _reads(
        path=f"{_CASE}/signatures", answer=SignatureList, ask=_signatures, command="inspections signatures",
        zh="可签字的内容及其摘要、已有签字", en="What can be signed with its digest, and the signatures",
    ),
    _changes(
        path=f"{_CASE}/signatures", query=SignQuery, answer=Signature, ask=_sign,
        zh="代表一方签字；须写明所示内容的摘要", en="Sign for one side, naming the digest of what was shown",
        command="inspections sign", needs=Role.OFFICER,
    ),
    _reads(
        path=f"{_CASE}/peace", answer=PeaceList, ask=_peace, command="inspections peace",
        zh="沿线平安边界记录", en="What was done for peace along the line",
    ),
    _changes(
        path=f"{_CASE}/peace", query=PeaceQuery, answer=PeaceRecord, ask=_add_peace,
        zh="登记平安边界事项：公约、预案、联席会议、友好往来",
        en="Keep an agreement, emergency plan, joint meeting or exchange",
        command="inspections add-peace", needs=Role.RECORDER,
    ),
)  # fmt: skip
