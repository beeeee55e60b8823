"""One file for each command of `reparto`, its function named as the command. They compose; they decide nothing."""
