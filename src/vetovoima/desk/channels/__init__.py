"""Pages that show the offer, at the desk: the board, one page with its history, its form, and a visit on wish."""
