"""What stands behind the ports, one module each: a kept library, wrapped as the port says."""
