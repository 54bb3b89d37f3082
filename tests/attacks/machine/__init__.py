"""From the same machine: other users, ports, logins and files."""
