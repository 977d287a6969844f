"""What trainings say on a client's line: counted when a step changes, and again at night."""

from sqlalchemy import func, select

from selfhelp.care.lines import Counted
from selfhelp.modules.domain import StepState
from selfhelp.modules.models import StepProgress

STUCK = Counted(
    select(StepProgress.client_id, func.count().label("stuck"), func.min(StepProgress.changed_at).label("stuck_at"))
    .where(StepProgress.state == StepState.STUCK.value)
    .group_by(StepProgress.client_id),
    {"stuck": 0, "stuck_at": None},
)
COUNTED = (STUCK,)
