"""The offer as frozen values, and when it is open as pure functions."""
