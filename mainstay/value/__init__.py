"""Value: money and benefits.

Nouns: currency, exchange rate, fund, envelope. Verbs: add a currency, set an exchange rate, open a fund, set what it
holds in a year.
It must not know: its siblings and the floors above.
"""
