"""`audit replay --debug`: what is said around the debugger."""

from collections.abc import Sequence

from audit.bundle import Bundle
from audit.claims import Difference, refuted
from audit.debugging import BreakUnknown, NoHistory, Stepper, Stop, is_watched, kept_runs, step_through
from audit.history import PayloadsSealed
from audit.judging import FOLDS
from audit.sentences import found as finding_shown
from runtime.codec import AesGcmCodec, parse_keys
from runtime.settings import Settings
from selection.code_names import ROLES, STAGES, name_of
from selection.streams import application_stream
from starter.failures import BROKEN, CommandFailed
from starter.options import Language, Options
from starter.output import Output


def run_in_debugger(
    bundle: Bundle, number: str, options: Options, *, places: Sequence[str] = (), start: int = 0
) -> None:
    """Replay an application's history with its workflow's code, stopping where the person asked.

    Acts on a state before version `start` are passed over.

    Where an editor's debugger is attached, its breakpoints apply and pdb stays away.
    """
    out, stream = Output(options.lang), application_stream(bundle.round, number)
    ring = Settings.from_environment().payload_keys
    try:
        runs, other = kept_runs(bundle, stream, AesGcmCodec(parse_keys(ring)) if ring else None)
        stepper = None if is_watched() else Stepper(lambda stop: _said(stop, options.lang), places, start)
    except NoHistory:
        raise CommandFailed("history-missing", workflow=stream) from None
    except PayloadsSealed:
        raise CommandFailed("history-sealed") from None
    except BreakUnknown as unknown:
        raise CommandFailed("break-unknown", text=str(unknown)[:100]) from None
    except Difference as broken:
        raise _failed("fold-broken", stream, broken, options.lang) from None
    for name in other:
        out.say(f"Not the history that the record lists: {name}", f"并非记录所列的历史：{name}")
    _begin(out, stream, len(runs), stepper)
    try:
        done = step_through(runs, stepper)
    except Difference as differs:
        if stepper is not None and stepper.left:
            out.say("Left. Nothing was changed.", "已退出，未作任何更改。")
            return
        raise _failed("replay-failed", stream, differs, options.lang) from None
    out.say(
        f"The code did again what the history holds: {done} events. Nothing was changed; `selection audit verify` "
        "proves it.",
        f"代码重现了历史的全部 {done} 个事件，未作任何更改；证明请用 `selection audit verify`。",
    )


def _failed(code: str, stream: str, difference: Difference, lang: Language) -> CommandFailed:
    text = finding_shown(refuted(FOLDS, stream, difference), lang)
    if why := difference.params.get("why"):
        text = (f"{text} ({why}.)", f"{text}（{why}）")[lang == "zh"]
    return CommandFailed(code, exits=BROKEN, point=difference.point, text=text)


def _begin(out: Output, stream: str, runs: int, stepper: Stepper | None) -> None:
    out.say(f"Replaying {stream}, runs: {runs}.", f"回放 {stream}，运行数：{runs}。")
    if stepper is None:
        out.say("A debugger is attached: its breakpoints apply.", "已连接调试器，按其断点停止。")
        return
    out.say(
        "c: to the next stop; s: step into; p self.state: the state; p workflow.now(): its time; q: leave.",
        "c：至下一处；s：步入；p self.state：当前状态；p workflow.now()：当时时间；q：退出。",
    )


def _said(stop: Stop, lang: Language) -> str:
    stage = name_of(STAGES, stop.stage, lang)
    if stop.act is None:
        act = ("a message that can't be read", "无法读取的消息")[lang == "zh"]
    else:
        actor = stop.act.actor
        act = f"{stop.act.kind}, {actor.person} ({name_of(ROLES, actor.role.value, lang)})"
    return (
        f"To be decided: {act}. The stream stands at version {stop.version}: {stage}.",
        f"即将决定：{act}。当前第 {stop.version} 版：{stage}。",
    )[lang == "zh"]
