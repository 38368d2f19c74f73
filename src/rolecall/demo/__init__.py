"""The demo: one workspace with real postings, people, agencies, a partner, and credentials for all five contracts."""
