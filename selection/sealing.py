"""A rules file as a round seals it: with every act that people do in the round, and how it must be signed."""

from selection.rooms import LEAST_ASSURANCE
from selection.rules.loading import read_rules
from selection.rules.model import RoundRules


def load_rules(text: str) -> RoundRules:
    """Return the rules written in the YAML text; the acts that it leaves out as they ask for it by themselves.

    Raises RulesFaults with every fault there is.
    """
    return read_rules(text, LEAST_ASSURANCE)
