"""The phone: is a call event genuine, and what does it say of a call? It rings nobody and stores nothing."""
