pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Kiosk.Theme
import Kiosk.Components
import Kiosk.ViewModels

// The kiosk's own keyboard: a bar of candidates, the page's keys, and the other pages. It writes at the
// caret of the field that is active.
Rectangle {
    id: keyboard

    required property KeyboardViewModel viewModel
    readonly property Caret caret: Writing.caret
    readonly property bool silent: true
    readonly property int gap: Theme.space(Theme.larger && !Theme.portrait ? 6.3 : 5)
    readonly property int margin: Theme.space(8)
    readonly property int rows: viewModel.pages.length > 1 ? 6 : 5
    readonly property string page: viewModel.page
    property bool spread: false
    readonly property bool open: keyboard.spread && keyboard.viewModel.candidates.length > 0

    readonly property real row: (keyboard.height - 2 * keyboard.margin + keyboard.gap) / keyboard.rows - keyboard.gap

    implicitHeight: keyboard.rows * (Theme.space(24) + keyboard.gap) - keyboard.gap + 2 * keyboard.margin
    implicitWidth: Theme.space(Theme.larger ? 392 : 330)
    color: Theme.tint

    onPageChanged: keyboard.spread = false
    onCaretChanged: keyboard.begin()
    Component.onCompleted: keyboard.begin()

    function begin(): void {
        keyboard.spread = false;
        if (keyboard.caret === null) {
            keyboard.viewModel.leave();
        } else {
            keyboard.viewModel.open(keyboard.caret.entry);
            keyboard.viewModel.standAfter(keyboard.caret.before);
        }
    }

    Connections {
        target: keyboard.viewModel

        function onTyped(text: string): void {
            keyboard.spread = false;
            keyboard.caret.insert(text);
        }

        function onErased(): void {
            keyboard.caret.backspace();
        }

        function onSettled(): void {
            keyboard.caret.settle();
        }
    }

    Connections {
        target: keyboard.caret

        function onBeforeChanged(): void {
            keyboard.viewModel.standAfter(keyboard.caret.before);
        }

        function onTouched(character: string, start: int): void {
            if (keyboard.viewModel.correct(character))
                keyboard.caret.mark(start, start + character.length);
        }
    }

    ColumnLayout {
        anchors.fill: parent
        anchors.margins: keyboard.margin
        spacing: keyboard.gap

        Bar {
            Layout.fillWidth: true
            Layout.fillHeight: false
            Layout.preferredHeight: keyboard.row
            visible: keyboard.viewModel.offering
            viewModel: keyboard.viewModel
            open: keyboard.open
            gap: keyboard.gap
            onMore: keyboard.spread = !keyboard.open
        }

        Scroll {
            id: grid

            Layout.fillWidth: true
            Layout.fillHeight: true
            visible: keyboard.open
            low: true

            Candidates {
                Layout.fillWidth: true
                texts: keyboard.open ? keyboard.viewModel.candidates : []
                tall: keyboard.row
                spacing: keyboard.gap
                onPicked: index => keyboard.viewModel.pick(index)
            }

            Key {
                Layout.fillHeight: false
                Layout.preferredHeight: keyboard.row
                visible: keyboard.viewModel.yields
                repeats: false
                size: Theme.body
                label: qsTr("都不是，这个字写不出来（〓）")
                onActivated: keyboard.viewModel.giveUp()
            }
        }

        Loader {
            Layout.fillWidth: true
            Layout.fillHeight: true
            visible: !keyboard.open
            sourceComponent: ({
                    hand: hand,
                    strokes: strokes,
                    digits: digits
                })[keyboard.page] ?? letters
        }

        RowLayout {
            Layout.fillWidth: true
            Layout.fillHeight: false
            Layout.preferredHeight: keyboard.row
            visible: keyboard.viewModel.pages.length > 1
            spacing: keyboard.gap
            uniformCellSizes: true

            Repeater {
                model: keyboard.viewModel.pages

                Key {
                    id: tab

                    required property string modelData

                    label: ({
                            hand: qsTr("手写"),
                            pinyin: qsTr("拼音"),
                            strokes: qsTr("笔画"),
                            digits: qsTr("数字"),
                            letters: qsTr("ABC")
                        })[tab.modelData]
                    size: Theme.body
                    repeats: false
                    accented: tab.modelData === keyboard.page
                    onActivated: keyboard.viewModel.showPage(tab.modelData)
                }
            }
        }
    }

    Component {
        id: hand

        Hand {
            viewModel: keyboard.viewModel
            gap: keyboard.gap
        }
    }

    Component {
        id: letters

        Letters {
            viewModel: keyboard.viewModel
            gap: keyboard.gap
        }
    }

    Component {
        id: strokes

        Strokes {
            viewModel: keyboard.viewModel
            gap: keyboard.gap
        }
    }

    Component {
        id: digits

        Digits {
            viewModel: keyboard.viewModel
            gap: keyboard.gap
        }
    }
}
