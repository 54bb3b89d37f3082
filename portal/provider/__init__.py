"""Signing in by the installation's provider: OpenID Connect's code flow with PKCE (docs/decisions/0055)."""
