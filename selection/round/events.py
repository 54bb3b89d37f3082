"""Every event of a round under one name, for those who use many; each stands with its subject."""

from selection.round.amending.events import *
from selection.round.amending_rules.events import *
from selection.round.approving.events import *
from selection.round.calling.events import *
from selection.round.course_events import *
from selection.round.drawing.events import *
from selection.round.filling.events import *
from selection.round.list_events import *
from selection.round.lobbying.events import *
from selection.round.people.events import *
from selection.round.reminding.events import *
from selection.round.reversing.events import *
from selection.round.state import ProposalItem as ProposalItem

del FOLDS  # of one subject
