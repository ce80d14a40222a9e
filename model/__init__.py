"""The ground floor: words of the design as frozen dataclasses, settings and errors.

Belongs: dataclasses that cross from one room to another, enumerations, ids, settings, the error classes.
Does not: anything that reads, writes or computes more than a field; imports of any other room.
"""
