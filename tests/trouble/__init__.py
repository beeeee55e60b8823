"""The trouble that Reparto must survive: kills, floods, a stopped database, bad senders, bad receivers."""
