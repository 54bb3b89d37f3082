"""Every event of an application under one name, for those who use many; each stands in its stage's room."""

from selection.application.agents.events import *
from selection.application.amended_forms.events import *
from selection.application.appraisal.events import *
from selection.application.check.events import *
from selection.application.co_building.events import *
from selection.application.found_conflicts.events import *
from selection.application.intake.events import *
from selection.application.leaving.events import *
from selection.application.notice.events import *
from selection.application.outcome.events import *
from selection.application.proposal.events import *
from selection.application.reminding.events import *
from selection.application.requests.events import *
from selection.application.reversing.events import *
from selection.application.review.correction_events import *
from selection.application.review.events import *
from selection.application.review.score_events import *
from selection.application.settling.events import *
from selection.application.submission import *
from selection.application.survey.events import *

del FOLDS  # the last room's
