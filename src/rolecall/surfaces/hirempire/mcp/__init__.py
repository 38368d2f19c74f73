"""HirEmpire's MCP endpoint: six tools over the same actions and reads as the REST operations."""
