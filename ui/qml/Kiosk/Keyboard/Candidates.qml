pragma ComponentBehavior: Bound

import QtQuick
import Kiosk.Theme

// Candidates side by side, each a key as wide as its text needs.
Flow {
    id: candidates

    required property list<string> texts
    required property real tall

    signal picked(int index)

    Repeater {
        model: candidates.texts

        Key {
            id: candidate

            required property string modelData
            required property int index

            width: Math.min(candidates.width, Math.max(Theme.space(Theme.portrait ? 21 : Theme.larger ? 31 : 24), words.advanceWidth + Theme.space(candidate.modelData.length > 1 ? 9 : 5)))
            height: candidates.tall
            repeats: false
            label: candidate.modelData
            size: Theme.heading
            accented: candidate.index === 0
            onActivated: candidates.picked(candidate.index)

            TextMetrics {
                id: words

                text: candidate.modelData
                font.family: Theme.family
                font.pixelSize: Theme.heading
                font.bold: true
            }
        }
    }
}
