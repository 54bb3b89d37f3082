"""The register of people, audited."""
