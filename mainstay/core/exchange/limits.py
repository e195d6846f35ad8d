"""How much a file may hold; what is larger is refused before it is built in memory."""

BYTES = 50 * 1024 * 1024
ROWS = 50_000
COLUMNS = 500
CELLS = 3_000_000
CELL_CHARACTERS = 20_000

UNPACKED_BYTES = 300 * 1024 * 1024
PACKED_RATIO = 200
MEMBERS = 2_000
