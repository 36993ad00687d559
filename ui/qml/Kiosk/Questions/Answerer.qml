import QtQuick
import Kiosk.ViewModels

// What every kind of answer is given: the question.
Item {
    required property QuestionViewModel viewModel
}
