"""What all slices together hold of a person."""

from selfhelp.accounts.subject import HOLDINGS as OF_ACCOUNTS
from selfhelp.appointments.subject import HOLDINGS as OF_APPOINTMENTS
from selfhelp.assessments.subject import HOLDINGS as OF_ASSESSMENTS
from selfhelp.care.subject import HOLDINGS as OF_CARE
from selfhelp.diary.subject import HOLDINGS as OF_DIARY
from selfhelp.goals.subject import HOLDINGS as OF_GOALS
from selfhelp.modules.subject import HOLDINGS as OF_MODULES
from selfhelp.network.subject import HOLDINGS as OF_NETWORK

HOLDINGS = (
    *(*OF_CARE, *OF_APPOINTMENTS, *OF_MODULES, *OF_ASSESSMENTS, *OF_ACCOUNTS),
    *(*OF_GOALS, *OF_DIARY, *OF_NETWORK),
)
"""A test compares this with every `subject.py` there is."""
