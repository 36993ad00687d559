import QtQuick

// Reads the live item tree, for the synthetic visitor: what stands where, in window coordinates. A text
// is `cut` where it is elided, or larger than itself or than the surface it stands on.
QtObject {
    required property Window window

    function look(): var {
        const seen = [];
        const visit = (item, surface) => {
            if (!item.visible || item.opacity === 0)
                return;
            const at = item.mapToItem(null, 0, 0);
            const box = Qt.rect(at.x, at.y, item.width, item.height);
            const text = item.text === undefined ? "" : String(item.text);
            const label = item.label === undefined ? "" : String(item.label);
            if (text !== "" || label !== "")
                seen.push({
                    name: item.objectName,
                    text: text,
                    label: label,
                    enabled: item.enabled,
                    cut: item.paintedWidth !== undefined && cut(item, box, surface),
                    x: box.x,
                    y: box.y,
                    width: box.width,
                    height: box.height
                });
            let under = surface;
            if (item.contentY !== undefined)
                under = null;
            else if (item.radius !== undefined || item.label !== undefined)
                under = box;
            for (const child of item.children)
                visit(child, under);
        };
        visit(window.contentItem, null);
        return seen;
    }

    function cut(item: var, box: rect, surface: var): bool {
        if (item.truncated || item.paintedWidth > item.width + 1 || item.paintedHeight > item.height + 1)
            return true;
        return surface !== null && (box.x < surface.x - 1 || box.y < surface.y - 1 || box.right > surface.right + 1 || box.bottom > surface.bottom + 1);
    }
}
