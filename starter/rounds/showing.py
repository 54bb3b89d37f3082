"""What a rules file says, in short: shown to who checks it, and to who signs as the second that it is sealed."""

from papers.values import Words
from selection.forms.one_text import application_form
from selection.kernel.counting import fill
from selection.kernel.proof import Assurance
from selection.rules.holders import STAFF
from selection.rules.loading import RoundRules, rules_hash
from selection.rules.published_calendar import list_unsealed_years
from selection.rules.terms import get_sealed_deadlines
from selection.staffing import Need, count_staff
from selection.wording.staffing_words import CASES, IN_ALL, explain_need, name_staff
from starter.cli.output import Output


def show_rules(out: Output, rules: RoundRules) -> None:
    """Show the hash of rules, how many there are of what, who has which post, the deadlines, how acts are signed."""
    facts = {
        "sha256": rules_hash(rules),
        "rehearsal": rules.is_rehearsal,
        "unsigned": rules.local,
        "zone": rules.clock.zone,
        "languages": rules.languages,
        "working_days": rules.working_days.source if rules.working_days else "",
        "guessed": rules.working_days.guessed if rules.working_days else (),
        "unsealed": list_unsealed_years(rules),
        "places": rules.places,
        "field": len(rules.fields),
        "region": len(rules.regions),
        "unit": len(rules.recommenders),
        "kept": [field.code for field in application_form(rules.forms).kept],
        "level": [f"{level.code} ({level.needed}/{len(level.approvers)})" for level in rules.approval],
    }
    out.fields("rules", facts, title=getattr(rules.title, out.lang))
    staff = [(post, getattr(rules.staff, post)) for post in STAFF]
    levels = [(level.code, level.approvers) for level in rules.approval]
    posts = [{"post": post, "people": people} for post, people in (*staff, *levels)]
    out.rows("posts", ("post", "people"), posts)
    deadlines = sorted(get_sealed_deadlines(rules).items(), key=lambda item: item[1])
    out.rows("deadlines", ("deadline", "until"), [{"deadline": name, "until": at} for name, at in deadlines])
    table = [
        {
            "signature": level,
            "acts": sorted(kind for kind, asked in rules.assurance.items() if asked is level),
        }
        for level in Assurance
    ]
    out.rows("assurance", ("signature", "acts"), table)


def show_staffing(out: Output, rules: RoundRules, applications: int | None) -> None:
    """Show how many people of each post rules need at least and why, and where they name fewer."""
    staffing = count_staff(rules, applications)
    rows = [
        {
            **dict(need),
            "staff": Words(en=names[0], zh=names[1]),
            "when": need.case,
            "why": explain_need(need, out.lang),
        }
        for need in staffing.needs
        for names in (name_staff(need, rules),)
    ]
    people = ("staff", "least", "holders", "when", "why")
    columns = ("post", "level", "case", "least", "holders", "reason", "params", "also", "shared", "why")
    out.rows("staffing", columns, rows, people=people)
    numbers = {"applications": staffing.applications, "office": staffing.in_office, "all": staffing.in_all()}
    if out.as_json:
        out.document["people"] = numbers
    english, chinese = (fill(sentence, numbers) for sentence in IN_ALL["all"])
    out.say(english, chinese)
    for need in staffing.needs:
        if need.is_short:
            english, chinese = (_say_short(need, rules, place) for place in (0, 1))
            out.say(english, chinese)


def _say_short(need: Need, rules: RoundRules, place: int) -> str:
    """Return that rules name too few of a post: in English at place 0, in Chinese at place 1."""
    numbers = {"holders": need.holders, "least": need.least}
    names = {"post": name_staff(need, rules)[place], "case": CASES[need.case][place]}
    return fill(IN_ALL["short"][place], {**numbers, **names})
