// Any number of days.
Calendar {}
