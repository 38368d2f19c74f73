"""Agency distribution: the RecruitiFi contract."""
