"""`audit replay --debug`: what is said around the debugger."""

from collections.abc import Sequence

from audit.bundle.reader import Bundle
from audit.claims import FOLDS, Difference, refute
from audit.decisions.debugger import (
    BreakUnknown,
    Departure,
    HistoryNotes,
    NoHistory,
    Stepper,
    Stop,
    is_watched,
    read_histories,
    step_through,
)
from audit.report.sentences import say_finding
from selection.kernel.counting import number_of
from selection.streams import application_stream
from selection.wording.code_names import ROLES, STAGES, name_of
from starter.cli.failures import BROKEN, CommandFailed
from starter.cli.options import Language, Options
from starter.cli.output import Output


def run_in_debugger(
    bundle: Bundle, number: str, options: Options, *, places: Sequence[str] = (), start: int = 0
) -> None:
    """Decide an application's entries again, stopping where the person asked.

    Acts on a state before version `start` are passed over.

    Where an editor's debugger is attached, its breakpoints apply and pdb stays away.
    """
    out, stream = Output(options.lang), application_stream(bundle.round, number)
    shown, stepper = _open_debugger(bundle, stream, options, places, start)
    _begin(out, stream, shown.runs, stepper)
    try:
        again = step_through(bundle, stream, shown.followed, stepper)
    except Departure:
        out.say("Left. Nothing was changed.", "已退出，未作任何更改。")
        return
    except Difference as broken:
        raise _make_failure("fold-broken", stream, broken, options.lang) from None
    for _, why in again.found:
        difference = why if isinstance(why, Difference) else Difference(why.point, why.finding, **why.params)
        raise _make_failure("replay-failed", stream, difference, options.lang)
    out.say(
        f"Decided again as recorded: {number_of(again.counted, 'entry', 'entries')}. Nothing was changed; "
        "`selection audit verify` proves it.",
        f"重新决定的 {again.counted} 条与记录相同，未作任何更改；证明请用 `selection audit verify`。",
    )


def _open_debugger(
    bundle: Bundle, stream: str, options: Options, places: Sequence[str], start: int
) -> tuple[HistoryNotes, Stepper | None]:
    """Return what the histories show, and the debugger unless an editor's is attached. Raises CommandFailed."""
    try:
        shown = read_histories(bundle, stream)
        if is_watched():
            return shown, None
        return shown, Stepper(stream, lambda stop: _name_stop(stop, options.lang), places, start)
    except NoHistory:
        raise CommandFailed("history-missing", workflow=stream) from None
    except BreakUnknown as unknown:
        raise CommandFailed("break-unknown", text=str(unknown)[:100]) from None
    except Difference as broken:
        raise _make_failure("replay-failed", stream, broken, options.lang) from None


def _make_failure(code: str, stream: str, difference: Difference, lang: Language) -> CommandFailed:
    text = say_finding(refute(FOLDS, stream, difference), lang)
    if why := difference.params.get("why"):
        text = (f"{text} ({why}.)", f"{text}（{why}）")[lang == "zh"]
    return CommandFailed(code, exits=BROKEN, point=difference.point, text=text)


def _begin(out: Output, stream: str, runs: int, stepper: Stepper | None) -> None:
    out.say(f"Deciding {stream} again, runs: {runs}.", f"重新决定 {stream}，运行数：{runs}。")
    if stepper is None:
        out.say("A debugger is attached: its breakpoints apply.", "已连接调试器，按其断点停止。")
        return
    out.say(
        "c: to the next stop; s: step into; p state: the state; p context.at: the instant; p context.facts: what the "
        "record said; q: leave.",
        "c：至下一处；s：步入；p state：当前状态；p context.at：当时时间；p context.facts：记录所载事实；q：退出。",
    )


def _name_stop(stop: Stop, lang: Language) -> str:
    stage = name_of(STAGES, stop.stage, lang)
    act = f"{stop.kind}, {stop.actor.person} ({name_of(ROLES, stop.actor.role.value, lang)})"
    return (
        f"To be decided: {act}. The stream stands at version {stop.version}: {stage}.",
        f"即将决定：{act}。当前第 {stop.version} 版：{stage}。",
    )[lang == "zh"]
