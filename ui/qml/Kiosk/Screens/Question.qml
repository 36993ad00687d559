import QtQuick
import QtQuick.Layouts
import Kiosk.Theme
import Kiosk.Components
import Kiosk.ViewModels
import "../Questions"

// One question. How it is answered is a file of Questions/, by the kind of answer.
Item {
    id: screen

    required property QuestionViewModel viewModel
    readonly property string kind: viewModel.kind
    readonly property string questionId: viewModel.questionId
    readonly property bool beside: ["date", "days", "phone", "notice"].includes(screen.kind) && screen.viewModel.optionCount > 0
    // What is written needs the room that the help takes.
    readonly property bool narrow: Theme.portrait || Writing.wanted
    readonly property bool writing: screen.narrow && (screen.viewModel.words !== "" || screen.viewModel.answerer === "story" && screen.viewModel.text !== "")
    readonly property bool wide: ["item", "topic", "story"].includes(screen.viewModel.answerer)
    readonly property bool agreeing: screen.kind === "notice" && screen.viewModel.optionCount === 0
    readonly property bool speaks: screen.kind === "notice"

    function showAnswerer(): void {
        answerer.setSource("../Questions/" + screen.viewModel.answerer + ".qml", {
            viewModel: screen.viewModel
        });
    }

    onQuestionIdChanged: screen.showAnswerer()

    Photographing {
        id: camera

        anchors.fill: parent
        anchors.margins: Theme.margin
        photographer: screen.viewModel.photographer as Photographer
    }

    GridLayout {
        anchors.fill: parent
        anchors.margins: Theme.margin
        visible: !camera.active
        columns: screen.narrow ? 1 : 2
        rowSpacing: Theme.gap * 2
        columnSpacing: Theme.margin * 2

        ColumnLayout {
            Layout.fillWidth: true
            Layout.preferredWidth: screen.wide ? 3 : 4
            Layout.alignment: Qt.AlignTop
            spacing: Theme.gap * 1.5

            StepBar {
                Layout.fillWidth: true
                step: screen.viewModel.step
                ahead: screen.viewModel.stepsLeft
            }

            Label {
                Layout.fillWidth: true
                visible: !Theme.larger
                text: screen.viewModel.stepsLeft > 0 ? qsTr("%1 · 第 %2 步，最多还有 %3 步").arg(screen.viewModel.flowTitle).arg(screen.viewModel.step).arg(screen.viewModel.stepsLeft) : qsTr("%1 · 最后一步").arg(screen.viewModel.flowTitle)
                color: Theme.muted
            }

            Label {
                Layout.fillWidth: true
                visible: screen.viewModel.matter !== "" && !Theme.larger && (Theme.portrait || !screen.beside)
                text: screen.viewModel.matter
                color: Theme.primary
                font.bold: true
                maximumLineCount: 2
                elide: Text.ElideRight
            }

            Label {
                Layout.fillWidth: true
                text: screen.viewModel.ask
                font.pixelSize: Theme.larger && Writing.wanted ? Theme.title : Theme.display
                font.bold: true
            }

            Label {
                Layout.fillWidth: true
                visible: text !== "" && screen.kind !== "notice" && screen.viewModel.problem === "" && !screen.writing
                text: screen.viewModel.help
                color: Theme.muted
            }

            Notice {
                Layout.fillWidth: true
                visible: screen.viewModel.problem !== ""
                text: screen.viewModel.problem
            }

            Beside {
                Layout.fillWidth: true
                active: screen.beside && !screen.narrow
                viewModel: screen.viewModel
            }
        }

        ColumnLayout {
            Layout.fillWidth: true
            Layout.fillHeight: true
            Layout.preferredWidth: screen.wide ? 7 : 6
            spacing: Theme.gap * 1.5

            Loader {
                id: answerer

                Layout.fillWidth: true
                Layout.fillHeight: true
                Layout.minimumHeight: Writing.wanted ? Theme.control : 0
            }

            Beside {
                Layout.fillWidth: true
                active: screen.beside && screen.narrow
                viewModel: screen.viewModel
            }

            RowLayout {
                Layout.fillWidth: true
                spacing: Theme.gap

                ActionButton {
                    Layout.fillWidth: true
                    Layout.preferredWidth: 1
                    visible: screen.viewModel.parkable
                    label: qsTr("去拿材料")
                    onActivated: screen.viewModel.park()
                }

                NavRow {
                    Layout.fillWidth: true
                    Layout.preferredWidth: 3
                    nextLabel: screen.agreeing ? qsTr("同意，继续") : qsTr("下一步")
                    nextEnabled: screen.agreeing || screen.viewModel.answerable
                    onBack: screen.viewModel.back()
                    onNext: screen.viewModel.next()
                }
            }
        }
    }
}
