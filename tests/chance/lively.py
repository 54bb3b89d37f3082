"""Rounds in which people come, go and change their minds too: posts, substitutes, employers, fraud, objections."""

from collections.abc import Mapping
from datetime import timedelta
from random import Random
from typing import Any, ClassVar

from selection.application import commands as c
from selection.decision.relations import Tie
from selection.kernel.actor import Actor, Role
from selection.kernel.model import Frozen
from selection.kernel.stages import Stage
from selection.kernel.unit_codes import canonical_code
from selection.round import commands as r
from tests import factories as f
from tests.chance.acting import CLIMBING
from tests.chance.undoing import Undoing
from tests.signatures import Signatures

SIZES = (2, 3, 4, 3, 3)
"""Applications of a round, by its seed: few, since each costs time, and several, since they compete."""
ROUTES = [{**route, "quota": 2} for route in f.RULES_DATA["routes"]]
TIED = 5
"""In one of so many rounds people declared whom, and which unit, they are tied to."""
HOUSED = 7
"""In one of so many rounds all in a post work for the unit that the first applicant belongs to."""
IN_POST = ("officer-1", "officer-2", "supervisor-1", "supervisor-2", "approver-1", "approver-2", "approver-3")
SIGNED = 4
"""In one of so many rounds everybody signs."""
HOST, GROUP = canonical_code("99SYNTH90000000002"), canonical_code("99SYNTH9000000001X")
"""The first host, and the unit that it belongs to."""


class LivelyRound(Undoing):
    """A random round in which more than the work itself changes, by chances of their own."""

    CHANCES: ClassVar[Mapping[str, int]] = {"late": 6, "withdraw": 12, "object": 80, "cancel": 12, "name": 15}

    def __init__(self, seed: int, applications: int = 0, **sections: Any) -> None:
        self.luck = Random(f"luck {seed}")
        self.luck_of_names, self.luck_of_posts = Random(f"names {seed}"), Random(f"posts {seed}")
        ladder = CLIMBING if seed % 2 else {}
        levels = {"levels": "side-by-side"} if seed % 3 == 0 else {}
        filled = {"filled_from_reserve": True} if seed % 3 == 1 else {}
        signatures = Signatures() if seed % SIGNED == 0 else None
        count = applications or SIZES[seed % len(SIZES)]
        self.housed = seed % HOUSED == 3 and "recusal" not in sections
        house = {"recusal": {"house": [GROUP]}} if self.housed else {}
        told = {"places": self.luck.choice([1, 1, 1, 1, 2]), "shortlist": {"factor": "2"}, "routes": ROUTES}
        super().__init__(
            seed, count, signatures, **{**told, **house, **ladder, **levels, **filled, **sections}
        )
        self.made.notes = False
        self._bind()
        if seed % TIED == 2:
            self._declare()
        if self.housed:
            for person in IN_POST:
                self.made.register(self.made.people[person].with_(employer=GROUP))

    def _lucky(self, chances: int) -> bool:
        return self.luck.randrange(100) < chances

    def _host(self, number: str) -> str:
        """Return the code of the unit that applies under a number; the first one belongs to another."""
        return HOST if number == "0001" else super()._host(number)

    def _bind(self) -> None:
        """Have experts work for hosts and for what these belong to, or have done so until lately."""
        self.made.register_unit(GROUP)
        self.made.register_unit(HOST, GROUP)
        self._employ(1, self._host(self.luck.choice(self.numbers)))
        self._employ(2, GROUP)
        self._employ(3, self._host(self.luck.choice(self.numbers)))
        self._employ(3, "91-elsewhere")
        for name, role in (
            ("approver-4", "approver"),
            ("auditor-2", "auditor"),
            *((f"examiner-{number}", "supervisor") for number in (4, 5, 6)),
        ):
            self.made.register(f.person(name, role))

    def _declare(self) -> None:
        """Have experts declare ties to who hands in, to hosts and to each other."""
        host, number = f"host-{self.numbers[0]}", self.numbers[-1]
        for name, tie in (
            (f.expert(4), Tie(kind="relative", unit=self._host(number))),
            (f.expert(5), Tie(kind="adviser", other=host)),
            (f.expert(6), Tie(kind="project", other=f.expert(7))),
        ):
            self.made.register(f.person(name, "expert", "objector"), tie)

    def _employ(self, number: int, unit: str) -> None:
        """Register an expert as somebody whom a unit employs, unless they were erased."""
        name = f.expert(number)
        if self.made.people[name].active:
            self.made.register(f.person(name, "expert", "objector", employer=unit))

    def _app(self, number: str, command: Frozen, person: str, role: Role | str) -> bool:
        """Act, or have whoever stands in for the person act."""
        actor = self._stand_in(Actor(person=person, role=Role(role)))
        return self._try(f"application/{f.ROUND}/{number}", command, actor)

    def _stand_in(self, actor: Actor) -> Actor:
        for item in self.made.round.state.delegations:
            named = (item.holder, item.role) == (actor.person, actor.role)
            if named and item.holds_at(self.made.now) and self._lucky(70):
                return actor.with_(person=item.substitute)
        return actor

    def _check(self) -> None:
        if self.housed:
            self._settle_house()
        self._people_move()
        super()._check()

    def _settle_house(self) -> None:
        """Have two others say, of each in a post whom their house binds to the first application, why they may act."""
        number = self.numbers[0]
        if self.made.app(number).state.stage is not Stage.CHECKING:
            return
        for person in IN_POST:
            referrer = "officer-2" if person == "officer-1" else "officer-1"
            ruler = "supervisor-2" if person == "supervisor-1" else "supervisor-1"
            referral = c.ReferConflict(report=f"house-{person}", expert=person, text=f.ref("why-they-act"))
            if self._app(number, referral, referrer, "officer"):
                self._app(number, f.rule(referral.report, upheld=False), ruler, "supervisor")

    def _rule_again(self, number: str, report: str, upheld: bool) -> None:
        if not report.startswith("house-"):
            # Upheld of the one who approves for a level, another has to be put in their place.
            super()._rule_again(number, report, upheld)

    def _panels(self) -> None:
        self._people_move()
        self._name()
        super()._panels()

    def _name(self) -> None:
        """Have applicants name somebody with whom they shared a project, and a supervisor rule on it."""
        for state in self.made.applications(Stage.ELIGIBLE):
            if self.luck_of_names.randrange(100) < self.CHANCES["name"]:
                expert = f.expert(self.luck_of_names.randrange(8, 20))
                named = c.DeclareProject(report="project-1", expert=expert, text=f.ref())
                if self._app(state.number, named, state.agent, "applicant"):
                    ruling = f.rule("project-1", upheld=self.luck_of_names.randrange(2) == 0)
                    self._app(state.number, ruling, "supervisor-1", "supervisor")

    def _answers(self) -> None:
        if self._lucky(10):
            # Who reviews may come to work for whom they review.
            self._employ(self.luck.randrange(5, 20), self._host(self.luck.choice(self.numbers)))
        super()._answers()

    def _surveys(self) -> None:
        self._people_move()
        super()._surveys()

    def _meet(self, number: str, present: list[str]) -> bool:
        """Meet, and where data binds somebody by now, without them."""
        if super()._meet(number, present):
            return True
        free: list[str] = []
        for person in present:
            if self._chair(number, person):
                free.insert(0, person)
        return bool(free) and super()._meet(number, free)

    def _chair(self, number: str, person: str) -> bool:
        """Have a member lead the panel, in whoever's place; tell whether they do."""
        chair = self.made.app(number).state.chair
        if not chair:
            return self._sign_as_two(number, c.AppointChair(chair=person, reason=f.ref("why")), "officer")
        if chair == person:
            return True
        return self._sign_as_two(number, c.ReplaceChair(chair=person, reason=f.ref("chair")), "supervisor")

    def _sign_as_two(self, number: str, told: c.AppointChair | c.ReplaceChair, role: str) -> bool:
        """Have the two of a post sign, as which a substitute does not count: whoever they stand in for does it then."""
        return self._app(number, told, f"{role}-1", role) or super()._app(number, told, f"{role}-1", role)

    def _people_move(self) -> None:
        """Change a post, have somebody stand in, let an application leave, each at times."""
        if self._lucky(40):
            self._change_post()
        if self._lucky(40):
            self._delegate()
        self._agree_on_post()
        alive = [state.number for state in self.made.applications() if state.submission and not state.ended]
        if alive and self._lucky(5):
            number = self.luck.choice(alive)
            self._app(number, c.GiveUp(), self.made.app(number).state.agent, Role.APPLICANT)
        if alive and self._lucky(5):
            number = self.luck.choice(alive)
            self._app(number, f.report_fraud(), "officer-1", Role.OFFICER)
            ruling = c.RuleOnFraud(upheld=self._lucky(40), text=f.ref())
            self._app(number, ruling, "supervisor-1", Role.SUPERVISOR)

    def _change_post(self) -> None:
        """Give a post to somebody, and take it from somebody else; what may not be is refused."""
        changes: list[tuple[dict[str, Any], Actor]] = [
            ({"post": "officers", "add": ("officer-3",)}, f.SUPERVISOR),
            ({"post": "officers", "remove": ("officer-3",)}, f.SUPERVISOR),
            ({"post": "auditors", "add": ("auditor-2",), "remove": ("auditor-1",)}, f.SUPERVISOR),
            ({"post": "supervisors", "add": ("examiner-3",)}, f.OFFICER),
            ({"post": "supervisors", "add": ("officer-3",)}, f.SUPERVISOR),
            (
                {
                    "post": "approvers",
                    "level": "ministry",
                    "add": ("approver-4",),
                    "remove": ("approver-2",),
                },
                f.SUPERVISOR,
            ),
        ]
        told, actor = self.luck.choice(changes)
        command = r.ChangePost.model_validate({**told, "reason": f.ref()})
        self._try(f"round/{f.ROUND}", command, actor)

    def _agree_on_post(self) -> None:
        """Have two posts agree on another auditor: one enters it, another completes it later, or declines it."""
        luck, stream, state = self.luck_of_posts, f"round/{f.ROUND}", self.made.round.state
        if state.post_entries and luck.randrange(3) == 0:
            declined = r.DeclinePostChange(number=state.post_entries[0].number, reason=f.ref())
            self._try(stream, declined, f.SUPERVISOR)
        held = "auditor-1" in state.current.staff.auditors
        came, left = ("auditor-2", "auditor-1") if held else ("auditor-1", "auditor-2")
        told = r.AgreeOnPost(post="auditors", add=(came,), remove=(left,), reason=f.ref())
        for actor in luck.sample((f.OFFICER, f.SUPERVISOR, f.actor("approver-1")), 2):
            self._try(stream, told, actor)

    def _delegate(self) -> None:
        """Have somebody stand in for a week or two; what may not be is refused."""
        holder, substitute = self.luck.choice(
            [
                (f.OPENER, "officer-3"),
                (f.actor("supervisor-1"), "examiner-4"),
                (f.actor("approver-1"), "approver-4"),
                (f.OFFICER, "officer-2"),
            ]
        )
        first = self.made.now.date()
        last = first + timedelta(days=self.luck.choice([5, 15, 60]))
        command = r.Delegate(substitute=substitute, first=first, last=last, reason=f.ref())
        self._try(f"round/{f.ROUND}", command, holder)

    def _reconsider(self, number: str) -> None:
        """Take objections back, and reverse rulings on them, at times."""
        if self._lucky(15):
            self._app(number, f.withdraw_objection(), "objector-1", Role.OBJECTOR)
        settled = self.made.app(number).state.objections.get("objection-1")
        if settled and settled.outcome and self._lucky(50):
            self._app(
                number, c.ReopenObjection(objection="objection-1", text=f.ref()), "supervisor-1", "supervisor"
            )
            self._app(number, f.examiners("examiner-5", "examiner-6"), "officer-1", "officer")
