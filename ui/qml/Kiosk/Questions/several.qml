// Any number of answers.
Options {
    square: true
}
