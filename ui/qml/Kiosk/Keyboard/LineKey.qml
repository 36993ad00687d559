import Kiosk.Theme
import Kiosk.ViewModels

// Another line; while letters are composed, it takes them as they are.
Key {
    required property KeyboardViewModel viewModel

    visible: viewModel.lines || viewModel.page === "pinyin"
    enabled: viewModel.lines || viewModel.composing !== ""
    label: viewModel.page === "pinyin" && (viewModel.composing !== "" || !viewModel.lines) ? qsTr("原样") : qsTr("换行")
    size: Theme.body
    onActivated: viewModel.enter()
}
