"""The panels and what they give: draws and their inputs, seats, scores, corrections of reviews."""
