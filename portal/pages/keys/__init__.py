"""The pages of keys: one's own, further ones, a first one by a code, and those that wait to be confirmed."""
