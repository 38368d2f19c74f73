"""A partner of the demo: a hiring system whose page frames the agency screens, as one of another company would."""
