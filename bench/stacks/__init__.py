"""The servers that stand beside Rolecall in a measurement, each run as a process of its own."""
