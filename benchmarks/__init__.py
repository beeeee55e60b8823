"""Speed, as ratios against the raw database in the same run. One file a goal of the performance page."""
