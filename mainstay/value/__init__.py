"""Value: money and benefits.

Nouns: currency, exchange rate. Verbs: add a currency, set an exchange rate.
It must not know: its siblings and the floors above.
"""
