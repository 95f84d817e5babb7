"""Commands about changes of divisions (区划变更): what became of a code; show, do, list and undo changes."""

from __future__ import annotations

import sys
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click

from geoname.errors import DataFileError, InvalidInputError
from geoname.faces.api.catalogue import route_of
from geoname.faces.api.dispatch import read_json
from geoname.faces.cli.asking import ask, ask_command, given, parameters_of, write
from geoname.faces.cli.load_divisions import heads_in
from geoname.faces.cli.session import DONE, FINDINGS, Session, shared_options
from geoname.faces.cli.tables import facts, table
from geoname.service.change_divisions_answers import ChangeList
from geoname.service.succession import SuccessorsOfMany, SuccessorsShown, Unanswered

_OUTCOMES = {"same": "未变", "one": "有一个承继者", "several": "有几个承继者", "gone": "无记录的承继者"}
_EXTENTS = {"whole": "全部", "part": "部分"}


def successors_command(session: Session) -> click.Command:
    """`geoname divisions successors CODE --from DAY --to DAY`; exit code 1 when a code has no answer."""
    one, many = route_of("divisions successors"), route_of("divisions successors --items")
    say = session.say

    def run(code_: str | None, items_: str | None, **values: Any) -> int:  # noqa: ANN401
        asked = given(values)
        if items_ is None:
            answer = ask(session, one, {"code": code_, **asked} if code_ else asked, ["code"])
            write(session, answer, show_successors)
            return DONE
        found = ask(session, many, {**read_json_file(items_), **asked})
        write(session, found, show_many)
        return FINDINGS if any(isinstance(item, Unanswered) for item in found.items) else DONE

    return click.Command(
        "successors",
        params=[
            click.Argument(["code_"], metavar="CODE", required=False),
            *parameters_of(session, one, ["code"])[1:],
            click.Option(
                ["--items", "items_"],
                metavar="FILE",
                help=say(
                    '多个：JSON 文件 {"items": [{"code": …}, …]}，- 为标准输入',
                    'many: a JSON file {"items": [{"code": …}, …]}, - for standard input',
                ),
            ),
            *shared_options(session),
        ],
        callback=run,
        help=say(one.zh, one.en),
    )


def change_commands(session: Session) -> list[click.Command]:
    """`geoname divisions change FILE | changes | show-change ID | complete ID | extend ID | undo ID`."""
    return [
        _change(session),
        ask_command(session, "divisions changes", show_changes_done),
        ask_command(session, "divisions show-change", show_change, ["id"]),
        ask_command(session, "divisions complete", show_change, ["id"]),
        ask_command(session, "divisions extend", show_change, ["id"]),
        ask_command(session, "divisions undo", show_change, ["id"]),
    ]


def _change(session: Session) -> click.Command:
    route, say = route_of("divisions change"), session.say

    def run(file: str | None, dry_run: bool, **values: Any) -> int:  # noqa: ANN401
        asked: dict[str, object] = _read_change(file) if file else {}
        answer = ask(session, route, {**asked, **_parsed(given(values)), **_dry(dry_run)})
        write(session, answer, show_change)
        return FINDINGS if dry_run and told(answer, "verdict") == "blocks" else DONE

    own = [parameter for parameter in parameters_of(session, route, []) if parameter.name != "dry_run_"]
    return click.Command(
        "change",
        params=[
            click.Argument(["file"], metavar="FILE.json|FILE.toml", required=False),
            click.Option(
                ["--dry-run", "dry_run"], is_flag=True, help=say("只预演，不办理", "show what it does only")
            ),
            *own,
            *shared_options(session),
        ],
        callback=run,
        help=say(route.zh, route.en),
    )


def _dry(dry_run: bool) -> dict[str, object]:
    return {"dry_run": True} if dry_run else {}


def _parsed(values: Mapping[str, object]) -> dict[str, object]:
    """What was given as options: lists and objects are written in JSON, codes one after another too."""
    found: dict[str, object] = {}
    for name, value in values.items():
        if name in ("to", "seat", "boundary") and isinstance(value, (str, list)):
            text = value if isinstance(value, str) else value[0]
            wrapped = read_json(f'{{"value": {text}}}'.encode())
            found[name] = wrapped["value"]
        elif name == "from":
            listed = value if isinstance(value, list) else [str(value)]
            found[name] = [code for each in listed for code in str(each).split(",")]
        else:
            found[name] = value
    return found


def _read_change(file: str) -> dict[str, object]:
    """A change in TOML or JSON, by the file's ending."""
    if not file.endswith(".toml"):
        return read_json_file(file)
    try:
        read = tomllib.loads(Path(file).read_bytes().decode("utf-8-sig"))
    except OSError as error:
        raise _unreadable(file, error) from None
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise InvalidInputError(
            f"{file} is not TOML in UTF-8 ({error}): mend it",
            zh=f"{file} 不是 UTF-8 的 TOML 文件（{error}）：请改正",
            field="file",
        ) from None
    days = ("approved_on", "effective_on", "announced_on")
    return {key: str(value) if key in days else value for key, value in read.items()}


def _unreadable(file: str, error: OSError) -> DataFileError:
    return DataFileError(
        f"{file} cannot be read ({error.strerror}): give a JSON or TOML file",
        zh=f"无法读取 {file}（{error.strerror}）：请给出 JSON 或 TOML 文件",
        field="file",
    )


def told(change: Any, name: str) -> Any:  # noqa: ANN401 - an answer, or one that was kept as JSON
    """A field of a change, as it was worked out just now or as it was kept."""
    return change[name] if isinstance(change, dict) else getattr(change, name)


_STATES = {"dry_run": "预演（未办理）", "done": "已办理", "undone": "已撤回"}
_DECISIONS = {"kept": "保留", "retired": "注销", "given": "新给", "replaced": "注销旧码，另给新码"}
_DUE = {"open": "未到期", "soon": "将到期", "late": "逾期", "met": "已完成"}
_SEVERITIES = {"blocks": "阻止", "advice": "建议", "information": "提示", "clear": "无"}
_EFFECTS = {
    "falls_away": "不再是界线",
    "passes_on": "由承继者接续",
    "moves": "变动",
    "to_be_surveyed": "待勘定",
}


def show_change(change: Any, session: Session) -> str:  # noqa: ANN401 - see `told`
    """What a change does or did."""
    say = session.say
    zh = session.language == "zh"

    def of(thing: Any, name: str) -> Any:  # noqa: ANN401 - see `told`
        return told(thing, name)

    def several(values: Any) -> str:  # noqa: ANN401 - texts
        return say("、", ", ").join(values)

    state, verdict = of(change, "state"), of(change, "verdict")
    villages = of(change, "villages")
    of_counties = of(change, "level") == "county"
    below, below_en = ("乡级区划", "townships") if of_counties else ("村（居）", "villages")
    parts = [
        facts(
            (
                (
                    say("变更", "change"),
                    f"{of(change, 'wording') or of(change, 'operation')}  {of(change, 'document')}",
                ),
                (say("标识", "id"), of(change, "id")),
                (say("状态", "state"), say(_STATES[state], state)),
                (say("生效", "effective"), of(change, "effective_on")),
                (say("变更前", "before"), several(of(one, "name") for one in of(change, "before"))),
                (say("变更后", "after"), several(of(one, "name") for one in of(change, "after"))),
                (say(f"改属的{below}", f"{below_en} moved"), of(villages, "moved")),
                (say(f"未归属的{below}", f"{below_en} missing"), several(of(villages, "missing"))),
                (say(f"重复归属的{below}", f"{below_en} named twice"), several(of(villages, "named_twice"))),
                (say("审查结论", "verdict"), say(_SEVERITIES[verdict], verdict)),
            )
        )
    ]
    rows = [
        (
            of(one, "name"),
            of(one, "old_code"),
            of(one, "new_code"),
            say(_DECISIONS[of(one, "decision")], of(one, "decision"))
            + (say("（拟）", " (proposed)") if of(one, "proposed") else ""),
        )
        for one in of(change, "codes")
    ]
    parts.append(table(heads_in(session, "名称 原代码 新代码 处理", "name old new decision"), rows))
    parts += _codes_below(change, session)
    for words in of(change, "reasons"):
        parts.append(f"{say('不能办理', 'refused')}  {of(words, 'zh') if zh else of(words, 'en')}")
    for finding in of(change, "findings"):
        words, severity = of(finding, "message"), of(finding, "severity")
        text = of(words, "zh") if zh else of(words, "en")
        parts.append(f"{say(_SEVERITIES[severity], severity)}  {of(finding, 'rule')}  {text}")
    for one in of(change, "new_names"):
        verdict = of(one, "verdict")
        parts.append(
            f"{say('新名审查', 'new name')}  {of(one, 'name')}  {say(_SEVERITIES[verdict], verdict)}"
        )
    names = [of(one, "name") for one in of(change, "names_to_review")]
    if names:
        parts.append(say("含旧名、待审的地名：", "names to review: ") + several(names))
    parts += [
        f"{several(of(line, 'sides'))}  {say(_EFFECTS[of(line, 'effect')], of(line, 'effect'))}"
        for line in of(change, "lines")
    ]
    parts += [_deadline(deadline, session) for deadline in of(change, "deadlines")]
    return "\n".join(parts)


def _codes_below(change: Any, session: Session) -> list[str]:  # noqa: ANN401 - see `told`
    """How many codes below a county change, and those of its townships; all of them are in --json."""
    below = told(change, "codes_below")
    count = told(below, "count")
    if not count:
        return []
    rows = [
        (told(one, "name"), told(one, "scheme"), told(one, "old_code"), told(one, "new_code"))
        for one in told(below, "items")
        if told(one, "level") == "township"
    ]
    heads = heads_in(session, "乡级区划 体系 原代码 新代码", "township scheme old new")
    head = session.say(f"随之改变的下级代码：{count} 个", f"codes below that change: {count}")
    return [head, table(heads, rows)]


def _deadline(deadline: Any, session: Session) -> str:  # noqa: ANN401 - see `told`
    say = session.say
    what = told(told(deadline, "what"), session.language)
    extended = told(deadline, "extended")
    more = say(f"（可延至 {extended}）", f" (until {extended} with leave)") if extended else ""
    state, met = told(deadline, "state"), told(deadline, "met_on")
    how = say(_DUE[state], state) + (f" {met}" if met else "")
    return f"{say('期限', 'due')} {told(deadline, 'due')}{more}  {what}  {how}"


def show_changes_done(found: ChangeList, session: Session) -> str:
    """The changes done here, newest first."""
    say = session.say
    if not found.items:
        return say("还没有办理过变更", "no change was done here yet")
    heads = heads_in(
        session, "标识 生效 文件 县级 变更前 变更后 状态", "id effective document county from to state"
    )
    rows = [
        (
            one.id,
            one.effective_on,
            one.document,
            one.county,
            "、".join(one.before),
            "、".join(one.after),
            say(_STATES[one.state], one.state),
        )
        for one in found.items
    ]
    due = [
        f"{one.document}  {_deadline(deadline, session)}" for one in found.items for deadline in one.deadlines
    ]
    return "\n".join([table(heads, rows), *due])


def read_json_file(file: str) -> dict[str, object]:
    """The JSON object in a file, or from standard input for `-`; DataFileError when it cannot be read."""
    try:
        return read_json(sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes())
    except OSError as error:
        raise _unreadable(file, error) from None


def show_successors(found: SuccessorsShown, session: Session) -> str:
    """The outcome, the heirs, and the way there."""
    say = session.say
    about = f"{found.division.name} {found.code}  {found.from_day} → {found.to_day}"
    outcome = say(_OUTCOMES[found.outcome], found.outcome)
    if found.outcome == "one" and len(found.heirs) > 1:
        outcome += say("，另有部分划归他处", ", parts went elsewhere")
    if not found.certain:
        outcome += say("（途中有日期只知年份）", " (a date on the way is known to the year only)")
    lines = [f"{about}  {outcome}"]
    for heir in found.heirs:
        codes = ", ".join(f"{code.scheme} {code.code}" for code in heir.codes)
        lines.append(f"  {heir.division.name}  {codes}  {say(_EXTENTS[heir.extent], heir.extent)}")
    if found.steps:
        heads = heads_in(session, "日期 事项 原 现 范围 文件", "date what from to extent document")
        rows = [
            (
                step.on,
                step.wording or step.operation,
                step.from_division.name,
                step.to_division.name if step.to_division else None,
                say(_EXTENTS[step.extent], step.extent),
                step.document,
            )
            for step in found.steps
        ]
        lines.append(table(heads, rows))
    return "\n".join(lines)


def show_many(found: SuccessorsOfMany, session: Session) -> str:
    """One after the other."""
    return "\n\n".join(
        f"{item.code}  {session.say(item.reason, item.reason_en)}"
        if isinstance(item, Unanswered)
        else show_successors(item, session)
        for item in found.items
    )
