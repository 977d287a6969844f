"""What things are called on the pages of whoever leads (marked messages)."""

from selfhelp.core.i18n import mark
from selfhelp.oversight.domain.goals import Counted
from selfhelp.oversight.domain.patterns import Pattern
from selfhelp.oversight.domain.waiting import Overdue

HIDDEN = mark("hidden")
HEADING = (mark("Part"), mark("Of what"), mark("Counted"), mark("How many"), mark("Period"))
"""Of the table for a spreadsheet."""
COUNTED = {
    Counted.CLIENTS: mark("People who were helped"),
    Counted.OFFERED: mark("People to whom a training was offered"),
    Counted.STARTED: mark("People who started a training"),
    Counted.FINISHED: mark("Trainings that were finished"),
    Counted.TALKS: mark("Talks that were held"),
    Counted.OWN_REPORTS: mark("Talks with a report of the client’s own"),
    Counted.CLOSED: mark("Clients whose help was rounded off"),
}
PHASES = {
    "sign_up": mark("Signed up"),
    "back": mark("Came back"),
    "intake": mark("Intake"),
    "waiting": mark("Waiting"),
    "guidance": mark("Guidance"),
    "closing": mark("Closing"),
    "aftercare": mark("Aftercare"),
    "ended": mark("Ended"),
}
MOMENTS = {
    "before": mark("Before"),
    "waiting": mark("While waiting"),
    "during": mark("During the help"),
    "after": mark("Afterwards"),
}
WAYS = {
    "visit": mark("Coming by"),
    "phone": mark("Calling"),
    "video": mark("Talking by video"),
    "chat": mark("Chat"),
    "write": mark("Writing"),
}
WAY_COLUMNS = {
    "held": mark("held"),
    "planned": mark("planned"),
    "called_off": mark("called off"),
    "missed": mark("missed"),
    "reached": mark("reached"),
    "not_reached": mark("not reached"),
}
USE = {
    "offered": mark("offered"),
    "unused": mark("never started"),
    "started": mark("started"),
    "stopped": mark("stopped"),
    "finished": mark("finished"),
}
ROLES = {
    "counsellor": mark("Counsellor"),
    "trainee": mark("Trainee"),
    "volunteer": mark("Volunteer"),
    "coordinator": mark("Team leader"),
    "administrator": mark("Administrator"),
}
LATE = {
    Overdue.UNASSIGNED: mark("Without a counsellor"),
    Overdue.TALKS: mark("Talks that are over, neither held nor called off"),
    Overdue.UNREAD: mark("Something new, unread for more than a working day"),
    Overdue.QUIET: mark("Quiet for three weeks or longer"),
    Overdue.CLOSINGS: mark("Rounding off that takes more than two weeks"),
    Overdue.AFTERCARE: mark("Aftercare: time to ask how it is"),
}
PATTERNS = {
    Pattern.SAME_NAME: (
        mark("A client with the same name"),
        mark("Looked into the file of somebody with the own surname or first name. It may be family, or chance."),
    ),
    Pattern.MANY_FILES: (
        mark("Many files in an hour"),
        mark("Fifteen different files or more within an hour. Preparing a day takes eight to ten."),
    ),
    Pattern.OUT_OF_HOURS: (
        mark("Outside working hours"),
        mark("Before 7:00, after 20:00, or on a day on which this person does not work."),
    ),
    Pattern.REASONS: (
        mark("Often with a reason"),
        mark("Opened five or more files of colleagues within a week, each with a reason."),
    ),
    Pattern.NEVER_ASSIGNED: (
        mark("Files that were never the own ones"),
        mark("Looked at ten or more clients of the team who were never assigned to this person."),
    ),
    Pattern.REFUSED: (
        mark("Refused"),
        mark("Tried three times or more in a day to open something that is not the own."),
    ),
    Pattern.SEARCHES: (
        mark("Many searches"),
        mark("Searched the team’s clients by name ten times or more in a day."),
    ),
}
