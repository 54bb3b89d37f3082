"""Signing in by a provider of OpenID Connect that runs beside."""
