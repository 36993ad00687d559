// One day.
Calendar {}
