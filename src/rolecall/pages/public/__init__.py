"""The public job pages: a company's board, a job's page and the counted links that lead to it."""
