"""The outcome computed a second time, from entries and sealed rules alone, by code that shares nothing with the core.

A function of the core that scores, orders, draws or lists wrongly would be believed by whoever asks it again. Here
nothing is asked of it: entries are read as JSON, and each value that decides is worked out in another way.
"""
