"""What many questions about one problem share: cuts, a warm relaxation, plans already known.

A frontier and an explanation solve the same program again and again with other bounds. The rows stay, so cuts
hold on, the last basis is a few pivots from the next answer, and a plan found for one question often answers another.
"""
