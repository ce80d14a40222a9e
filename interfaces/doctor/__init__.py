"""What goes wrong with an installation, found and told with its mend.

Belongs: facts of the machine, the files and the scheduler; one small pure check for each thing that goes wrong. Does
not: mending anything, writing anything, starting anything.
"""
