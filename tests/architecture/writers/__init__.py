"""Every action, and the event it appends: a module a topic, found by folder.

Each module may have these, by `module.function` below `rolecall.actions`:

- WRITES: what writes; the name of its event, and a call of it.
- READS: what only reads, or holds a row for the writer that called it.
- PARTS: parts of the actions that stand beside them, whose events tell of them.
- OTHERS: what appends nothing, and why. Counters (visits, rate windows, the last use of a credential) are no records.
"""
