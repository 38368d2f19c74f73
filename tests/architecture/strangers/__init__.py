"""How a stranger asks for somebody else's records: a folder a surface, a module some operations, found by folder.

Each module has CALLS: by operation, the calls that are made with the owner's ids and credentials of the stranger's own.
"""
