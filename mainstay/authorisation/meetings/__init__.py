"""The committee room: agendas from the queue, frozen papers, votes, conditions and minutes."""
