"""Vacancy publishing: the RecruitSome contract."""
