"""scale-*: five GPTs of one family, from 0.09 to 0.95 million parameters, for a scaling law of our own.

The four smaller ones are trained three times each; a line through their losses predicts the loss of the largest, and is
committed before that one is trained (predict.py, prediction.json).
"""
