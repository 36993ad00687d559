pragma ComponentBehavior: Bound

import QtQuick
import Kiosk.Theme
import Kiosk.ViewModels

// Where a finger writes. Only the one that came down first does: a palm beside it leaves no trace.
Rectangle {
    id: pen

    required property KeyboardViewModel viewModel
    readonly property string label: qsTr("写字的地方")
    property var live: []

    radius: Theme.radius
    color: Theme.card
    border.color: Theme.primary
    border.width: Theme.border

    component Guide: Rectangle {
        anchors.centerIn: parent
        color: Theme.line
        antialiasing: rotation % 90 !== 0
    }

    Item {
        anchors.centerIn: parent
        width: Math.min(pen.width, pen.height) - Theme.pad
        height: width

        Guide {
            width: parent.width
            height: 1
        }

        Guide {
            width: 1
            height: parent.height
        }

        Guide {
            width: parent.width * 1.4
            height: 1
            rotation: 45
        }

        Guide {
            width: parent.width * 1.4
            height: 1
            rotation: -45
        }
    }

    Canvas {
        id: ink

        property int drawn: 0
        property int whole: 0
        property bool lifted: false
        property bool stale: true

        anchors.fill: parent
        renderStrategy: Canvas.Immediate
        onWidthChanged: ink.redraw()
        onHeightChanged: ink.redraw()

        function redraw(): void {
            ink.stale = true;
            ink.requestPaint();
        }

        // From the middle of one piece to the middle of the next: a curve through what the finger told.
        function stroke(context: var, points: var, from: int): void {
            const count = points.length / 2;
            context.beginPath();
            if (count === 1) {
                context.moveTo(points[0] - 0.1, points[1]);
                context.lineTo(points[0] + 0.1, points[1]);
            }
            for (let i = Math.max(1, from); i < count; i++) {
                const x = points[2 * i], y = points[2 * i + 1];
                const px = points[2 * i - 2], py = points[2 * i - 1];
                if (i === 1) {
                    context.moveTo(px, py);
                } else {
                    context.moveTo((points[2 * i - 4] + px) / 2, (points[2 * i - 3] + py) / 2);
                }
                context.quadraticCurveTo(px, py, (px + x) / 2, (py + y) / 2);
                if (i === count - 1)
                    context.lineTo(x, y);
            }
            context.stroke();
        }

        onPaint: {
            const context = ink.getContext("2d");
            context.strokeStyle = Theme.ink;
            context.lineWidth = Theme.space(3.4);
            context.lineCap = "round";
            context.lineJoin = "round";
            if (ink.stale) {
                context.clearRect(0, 0, ink.width, ink.height);
                ink.whole = ink.drawn = 0;
            }
            if (ink.stale || ink.lifted) {
                const strokes = pen.viewModel.strokes;
                for (; ink.whole < strokes.length; ink.whole++)
                    ink.stroke(context, strokes[ink.whole], 0);
                ink.stale = ink.lifted = false;
            }
            ink.stroke(context, pen.live, ink.drawn);
            ink.drawn = pen.live.length / 2;
        }
    }

    Connections {
        target: pen.viewModel

        function onRedrawn(): void {
            ink.redraw();
        }
    }

    PointHandler {
        id: finger

        acceptedButtons: Qt.LeftButton
        onActiveChanged: {
            if (finger.active) {
                pen.viewModel.penDown();
                pen.live = [finger.point.position.x, finger.point.position.y];
                ink.drawn = 0;
            } else {
                pen.viewModel.stroke(pen.live);
                pen.live = [];
                ink.lifted = true;
            }
            ink.requestPaint();
        }
        onPointChanged: {
            if (!finger.active || pen.live.length >= 2 * pen.viewModel.room)
                return;
            pen.live.push(finger.point.position.x, finger.point.position.y);
            ink.requestPaint();
        }
    }
}
