"""What a rules file says, in short: shown to who checks it, and to who signs as the second that it is sealed."""

from selection.kernel.proof import Assurance
from selection.rules.loading import RoundRules, rules_hash
from starter.cli.output import Output


def show_rules(out: Output, rules: RoundRules) -> None:
    """Show the hash of rules, how many there are of what, and how each act of the round is signed."""
    facts = {
        "sha256": rules_hash(rules),
        "rehearsal": rules.is_rehearsal,
        "unsigned": rules.local,
        "zone": rules.clock.zone,
        "languages": rules.languages,
        "working_days": rules.working_days.source if rules.working_days else "",
        "guessed": rules.working_days.guessed if rules.working_days else (),
        "places": rules.places,
        "field": len(rules.fields),
        "region": len(rules.regions),
        "unit": len(rules.recommenders),
        "level": [f"{level.code} ({level.needed}/{len(level.approvers)})" for level in rules.approval],
    }
    out.fields("rules", facts, title=getattr(rules.title, out.lang))
    table = [
        {
            "signature": level,
            "acts": sorted(kind for kind, asked in rules.assurance.items() if asked is level),
        }
        for level in Assurance
    ]
    out.rows("assurance", ("signature", "acts"), table)
