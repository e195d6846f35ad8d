"""Every write of money: entering it, closing months, ledger files, and the sums that are kept."""
