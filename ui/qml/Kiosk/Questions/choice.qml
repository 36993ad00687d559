// One answer out of several options.
Options {}
