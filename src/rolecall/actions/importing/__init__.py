"""The import of job postings from files of one JSON object per line.

`reading` cuts a file into lines, `postings` makes a posting or a reject of each, `references` finds or makes what the
postings name, `rows` turns them into rows, and `loading` puts it all together, batch by batch.
"""

from rolecall.actions.importing.loading import import_postings
from rolecall.actions.importing.progress import ImportReport, Progress

__all__ = ["ImportReport", "Progress", "import_postings"]
