"""What all slices together hold of a person."""

from selfhelp.accounts.subject import HOLDINGS as OF_ACCOUNTS
from selfhelp.appointments.subject import HOLDINGS as OF_APPOINTMENTS
from selfhelp.assessments.subject import HOLDINGS as OF_ASSESSMENTS
from selfhelp.care.subject import HOLDINGS as OF_CARE
from selfhelp.modules.subject import HOLDINGS as OF_MODULES

HOLDINGS = (*OF_CARE, *OF_APPOINTMENTS, *OF_MODULES, *OF_ASSESSMENTS, *OF_ACCOUNTS)
"""A test compares this with every `subject.py` there is."""
