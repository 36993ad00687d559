// One topic out of the routes of the catalogue.
Options {}
