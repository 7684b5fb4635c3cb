"""scale-*: five GPTs of one family, from 0.09 to 0.95 million parameters, for a scaling law of our own.

Of the four smaller ones three are trained with three seeds each, the fourth with one; a line through their losses predicts the
loss of the largest, and is committed before that one is trained (predict.py, prediction.json).
"""
