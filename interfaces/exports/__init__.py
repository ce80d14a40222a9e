"""The published snapshot in forms that other programs read.

Belongs: one module for each form, what they share (texts, crosswalks, whole writes). Does not: SQL, judging or summing
claims, anything that writes to the warehouse.
"""
