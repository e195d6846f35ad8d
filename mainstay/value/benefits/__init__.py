"""The register of benefits: its addresses, pages and lists."""
