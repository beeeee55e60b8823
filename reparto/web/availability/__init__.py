"""Who of those whom one leads is there, away or off shift, and how much each carries. It shows no contact."""
