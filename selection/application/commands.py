"""Every command of an application under one name, for those who use many; each stands in its stage's room."""

from selection.application.agents.commands import *
from selection.application.amended_forms.commands import *
from selection.application.appraisal.commands import *
from selection.application.check.commands import *
from selection.application.co_building.commands import *
from selection.application.found_conflicts.commands import *
from selection.application.intake.commands import *
from selection.application.leaving.commands import *
from selection.application.notice.commands import *
from selection.application.outcome.commands import *
from selection.application.proposal.commands import *
from selection.application.requests.commands import *
from selection.application.reversing.commands import *
from selection.application.review.commands import *
from selection.application.settling.commands import *
from selection.application.survey.commands import *

del COMMANDS, WAYS  # the last room's
