"""Rules that changed while their round ran: each change was entered, agreed to by another, and allowed in its stage.

The rules are followed from the sealed bytes by themselves, apart from the core's fold, and compared with it.
"""

from decimal import Decimal
from typing import Any

from audit.claims import Difference, Sentences
from audit.rules.amending.table import Field, field_at, find_last_level, quota_at
from audit.rules.fold import Record, RoundStep, Step
from audit.rules.rule_runner import Rule
from selection.decision.aggregate import Event
from selection.kernel.actor import Role
from selection.round import events as r
from selection.round.state import RoundState
from selection.rules.model import RoundRules, rules_hash

CODE = "rules-amended-openly"
OPEN = "none"
"""How entries spell a value that is left open."""


class RulesAmendedOpenly:
    """The claim that each difference from the sealed rules is an amendment by two people, in a stage that allows it."""

    code = CODE
    looks_at: frozenset[type[Event]] | None = frozenset(
        {r.RoundOpened, r.AmendmentEntered, r.AmendmentAgreed, r.AmendmentDeclined, r.RulesAmended}
    )

    def __init__(self) -> None:
        self._rules: RoundRules | None = None
        self._entered: tuple[r.AmendmentEntered, tuple[str, ...]] | None = None
        self._agreed: set[str] = set()
        self._count = 0

    def see(self, step: Step) -> int:
        """Follow the rules, and judge whoever changes them."""
        match step.event:
            case r.RoundOpened():
                self._rules = RoundRules.model_validate(step.event.rules)
            case r.AmendmentEntered():
                self._check_entered(step.of(RoundState), step.event)
            case r.AmendmentAgreed():
                self._check_agreed(step.of(RoundState), step.event)
            case r.AmendmentDeclined():
                entered = self._check_ruling(step, step.event.number)
                self._check_level(step.of(RoundState), entered.path, None)
                self._entered = None
            case r.RulesAmended():
                self._check_amended(step.of(RoundState), step.event)
                self._entered = None
            case _:
                raise TypeError(step.leaf.type)
        return 1

    def close(self, record: Record) -> int:
        """See that nothing but the amendments changed the rules that decisions were made by."""
        if self._rules is None:
            return 0
        if rules_hash(record.round.rules_in_force) != rules_hash(self._rules):
            raise Difference(f"{record.round_id}#{record.size - 1}", "rules-changed-otherwise")
        return 1

    def _check_entered(self, step: RoundStep, event: r.AmendmentEntered) -> None:
        leaf = step.leaf
        step.require(leaf.actor.role is Role.OFFICER, "amended-by-wrong-role", role=leaf.actor.role.value)
        step.require(event.number == self._count + 1, "amendment-misnumbered", number=str(event.number))
        self._count += 1
        self._check_change(step, event)
        people = (leaf.actor.person, leaf.actor.behalf) if leaf.actor.behalf else (leaf.actor.person,)
        self._entered, self._agreed = (event, people), set()

    def _check_ruling(self, step: Step, number: int) -> r.AmendmentEntered:
        """Return what was entered. Raises Difference unless an approver rules on it who had no part in that."""
        actor = step.leaf.actor
        step.require(actor.role is Role.APPROVER, "amended-by-wrong-role", role=actor.role.value)
        if self._entered is None or self._entered[0].number != number:
            raise step.differs("amendment-not-entered", number=str(number))
        entered, people = self._entered
        alone = not {actor.person, actor.behalf}.isdisjoint(people)
        step.require(not alone, "amended-alone", number=str(number), person=actor.person)
        return entered

    def _check_level(self, step: RoundStep, path: str, stated: str | None) -> int:
        """Return how many of a level agree to a change of this field, as things stand.

        Raises Difference for who is not of the last level where the field decides on the list and panels were drawn, as
        scores may be known then, and where the entry states another level.
        """
        level = find_last_level(step.before, path)
        if stated is not None:
            step.require(stated == (level.code if level else ""), "amended-at-other-level", path=path)
        if level is None:
            return 1
        person = step.leaf.actor.behalf or step.leaf.actor.person
        step.require(person in level.approvers, "amended-at-other-level", path=path)
        step.require(person not in self._agreed, "amended-alone", number=str(self._count), person=person)
        self._agreed &= set(level.approvers)
        return level.needed

    def _check_agreed(self, step: RoundStep, event: r.AmendmentAgreed) -> None:
        entered = self._check_ruling(step, event.number)
        self._check_change(step, entered)
        needed = self._check_level(step, entered.path, event.level)
        step.require(len(self._agreed) + 1 < needed, "amended-by-too-few", path=entered.path)
        self._agreed.add(step.leaf.actor.behalf or step.leaf.actor.person)

    def _check_amended(self, step: RoundStep, event: r.RulesAmended) -> None:
        entered = self._check_ruling(step, event.number)
        needed = self._check_level(step, event.path, event.level)
        step.require(len(self._agreed) + 1 >= needed, "amended-by-too-few", path=event.path)
        assert self._entered is not None
        same = (event.path, event.before, event.after, event.reason)
        agreed = same == (entered.path, entered.before, entered.after, entered.reason)
        named = (event.entered_by, event.approver) == (self._entered[1][0], step.leaf.actor.person)
        step.require(agreed and named, "amended-otherwise", number=str(event.number))
        field = self._check_change(step, event)
        step.require(event.touches == tuple(field.touches.split()), "others-touched", path=event.path)
        before, after = self._rules, self._change(step, event)
        assert before is not None
        step.require(
            event.again == _list_again(step, before, after, event.path), "others-asked", path=event.path
        )
        step.require(event.amended_hash == rules_hash(after), "amended-hash-differs", path=event.path)
        self._rules = after

    def _check_change(self, step: RoundStep, event: r.AmendmentEntered | r.RulesAmended) -> Field:
        """Return the field's row. Raises Difference unless it may change so, now."""
        field, stage = field_at(event.path), step.before.stage.value
        if field is None:
            raise step.differs("field-never-changes", path=event.path)
        step.require(stage in field.stages, "amended-out-of-stage", path=event.path, stage=stage)
        step.require(not step.before.batch, "amended-while-carried-out", path=event.path)
        waiting = [draw for draw in step.before.draws.values() if not draw.voided]
        if field.draws == "waiting":
            waiting = [draw for draw in waiting if draw.secret == ""]
        if field.draws == "cut" and (step.before.shortlist or stage in ("survey", "appraisal")):
            # The cut is made: nobody can move it any more.
            waiting = []
        step.require(not (field.draws and waiting), "amended-after-draw", path=event.path)
        stands = _spell(_find(self._rules, event.path))
        params = {"path": event.path, "stated": event.before, "found": stands}
        step.require(event.before == stands, "amended-from-other", **params)
        step.require(field.shrinks or _grew(event), "amended-downwards", path=event.path)
        after = self._change(step, event)
        changed = after != self._rules and _spell(_find(after, event.path)) == event.after
        step.require(changed, "amended-unclear", path=event.path)
        self._check_used(step, after, event.path)
        return field

    def _change(self, step: RoundStep, event: r.AmendmentEntered | r.RulesAmended) -> RoundRules:
        """Return the rules with the change, read anew as a whole. Raises Difference where they do not hold together."""
        assert self._rules is not None
        plain = self._rules.model_dump(mode="json")
        value = None if event.after == OPEN else int(event.after) if event.after.isdecimal() else event.after
        quota = quota_at(event.path)
        if quota is not None:
            member = next(item for item in plain[quota[0]] if item["code"] == quota[1])
            member["quota"] = value
        else:
            section, _, name = event.path.rpartition(".")
            # What has its default is left out of the bytes.
            owner = plain.setdefault(section, {}) if section else plain
            owner[name] = value
        try:
            return RoundRules.model_validate(plain)
        except ValueError:
            raise step.differs("amended-unsound", path=event.path) from None

    def _check_used(self, step: RoundStep, after: RoundRules, path: str) -> None:
        if quota_at(path) is None:
            return
        before = self._rules
        assert before is not None
        for unit, found in step.record.lists.items():
            if after.quota_of(unit) < before.quota_of(unit):
                enough = len(found.listed) <= after.quota_of(unit)
                step.require(enough, "quota-below-use", unit=unit, count=str(len(found.listed)))


def _find(rules: RoundRules | None, path: str) -> Any:
    """Return the value at a path, as the rules have it; of a member that they lack, `""`."""
    quota = quota_at(path)
    if quota is not None:
        return next((item.quota for item in getattr(rules, quota[0]) if item.code == quota[1]), "")
    found: Any = rules
    for part in path.split("."):
        # A section that the rules do without has nothing in it.
        found = getattr(found, part, None)
    return found


def _grew(event: r.AmendmentEntered | r.RulesAmended) -> bool:
    return OPEN not in (event.before, event.after) and Decimal(event.after) > Decimal(event.before)


def _spell(value: Any) -> str:
    return OPEN if value is None else str(value)


def _list_again(step: RoundStep, before: RoundRules, after: RoundRules, path: str) -> tuple[str, ...]:
    """Return which acts are asked for again: of units with more places, of a draw that found no panels."""
    if any(after.quota_of(unit.code) > before.quota_of(unit.code) for unit in after.recommenders):
        return ("recommend",)
    last = list(step.before.draws.values())[-1:]
    failed = path == "panel.max_load" and any(draw.clashing for draw in last)
    return ("commit-draw",) if failed else ()


def amendment_rules() -> tuple[Rule, ...]:
    """Return the rule about rules that changed."""
    return (RulesAmendedOpenly(),)


CLAIMS: Sentences = {
    CODE: (
        "The rules changed only by amendments that an officer entered and an approver agreed to, in a stage that allows"
        " them; once scores may be known, of places and limits by the last level of approval. What decisions went by is"
        " the sealed rules with these.",
        "规则仅依经办人员录入、审批人同意且所处阶段允许的修改而变更，评分可能已为人所知后的名额与上限须经最高审批层级同意；各项决定均依封存规则及上述修改作出。",
    ),
}
"""What is claimed: code -> (English, Chinese)."""

FINDINGS: Sentences = {
    "amended-after-draw": (
        "A field that a draw was made by was amended after it: {path}.",
        "抽取所依据的项目在抽取之后被修改：{path}。",
    ),
    "amended-alone": (
        "{person} agreed to amendment {number}, which they had entered.",
        "{person} 同意了本人录入的第 {number} 项修改。",
    ),
    "amended-at-other-level": (
        "Once scores may be known, this changes by the last level of approval alone; another agreed: {path}.",
        "评分可能已为人所知后，此项仅可由最高审批层级同意修改，而由其他层级同意：{path}。",
    ),
    "amended-by-too-few": (
        "An amendment counts as agreed to, or as waiting, otherwise than its level of approval asks for: {path}.",
        "修改是否已获同意与该审批层级所需人数不符：{path}。",
    ),
    "amended-by-wrong-role": (
        "An amendment was entered or ruled on by a role that does not: {role}.",
        "修改由无权的角色录入或表态：{role}。",
    ),
    "amended-downwards": (
        "An amendment took time or protection away that the call had promised: {path}.",
        "修改减少了申报通知承诺的时间或保障：{path}。",
    ),
    "amended-from-other": (
        "An amendment states that {path} was {stated}; it was {found}.",
        "修改载明 {path} 原为 {stated}，而实为 {found}。",
    ),
    "amended-hash-differs": (
        "The stated hash is not that of the rules as amended: {path}.",
        "所载哈希与修改后的规则不符：{path}。",
    ),
    "amended-otherwise": (
        "Amendment {number} is not what was entered and agreed to by these two.",
        "第 {number} 项修改与录入及同意的内容或人员不符。",
    ),
    "amended-out-of-stage": (
        "A field was amended in a stage that does not allow it: {path}, {stage}.",
        "在不允许的阶段作出修改：{path}（{stage}）。",
    ),
    "amended-unclear": (
        "An amendment changes nothing, or not to what it states: {path}.",
        "修改未作改动，或改动与所载不符：{path}。",
    ),
    "amended-unsound": (
        "With an amendment the rules do not hold together: {path}.",
        "修改后的规则自相矛盾：{path}。",
    ),
    "amended-while-carried-out": (
        "A field was amended while a decision was carried out: {path}.",
        "在决定执行期间作出修改：{path}。",
    ),
    "amendment-misnumbered": (
        "The amendment is not the next one by its number: {number}.",
        "修改编号不连续：{number}。",
    ),
    "amendment-not-entered": (
        "No amendment {number} waited for a ruling.",
        "并无待表态的第 {number} 项修改。",
    ),
    "field-never-changes": (
        "A field was amended that never changes: {path}.",
        "修改了不得变更的项目：{path}。",
    ),
    "others-asked": (
        "The amendment names other acts to be asked for again than those that follow: {path}.",
        "修改所列须重新办理的事项与实际不符：{path}。",
    ),
    "others-touched": (
        "The amendment names others than those whom it touches: {path}.",
        "修改所列涉及人员与实际不符：{path}。",
    ),
    "quota-below-use": (
        "The quota of {unit} was amended below its {count:standing recommendation|standing recommendations}.",
        "{unit} 的名额被改为低于其 {count} 项有效推荐。",
    ),
    "rules-changed-otherwise": (
        "The rules that decisions went by differ from the sealed ones by more than the amendments.",
        "决定所依规则与封存规则的差异超出已记录的修改。",
    ),
}
"""What can be found instead."""
