"""The memory of a program that a test starts."""

# `getrusage` would tell at least the memory of the program that started it.
PEAK = """
import pathlib, re

def peak():
    '''Return the most megabytes that this program had, 0 where the system does not tell.'''
    status = pathlib.Path("/proc/self/status")
    return int(re.search(r"VmHWM:\\s+(\\d+)", status.read_text())[1]) / 1024 if status.exists() else 0
"""
