"""What all slices together hold of a person."""

from selfhelp.accounts.subject import HOLDINGS as OF_ACCOUNTS
from selfhelp.appointments.subject import HOLDINGS as OF_APPOINTMENTS
from selfhelp.assessments.subject import HOLDINGS as OF_ASSESSMENTS
from selfhelp.care.subject import HOLDINGS as OF_CARE
from selfhelp.diary.subject import HOLDINGS as OF_DIARY
from selfhelp.goals.subject import HOLDINGS as OF_GOALS
from selfhelp.modules.subject import HOLDINGS as OF_MODULES
from selfhelp.network.subject import HOLDINGS as OF_NETWORK
from selfhelp.oversight.subject import HOLDINGS as OF_OVERSIGHT

HOLDINGS = (
    *(*OF_CARE, *OF_APPOINTMENTS, *OF_MODULES, *OF_ASSESSMENTS, *OF_ACCOUNTS),
    *(*OF_GOALS, *OF_DIARY, *OF_NETWORK, *OF_OVERSIGHT),
)
"""A test compares this with every `subject.py` there is."""
