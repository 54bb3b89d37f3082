"""The auditor's pages and the copies that they rest on."""
