"""Embedded screens: their links, their sessions, and who may use them. Access is checked again at every request.

A module for each screen says what its link needs and what a visit of it finds: settings, tasks, job, application.
"""
