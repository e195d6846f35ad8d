"""What came up while work runs: issues and actions, beside risks, assumptions and dependencies of the register."""
