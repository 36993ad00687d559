import QtQuick

// Reads the live item tree, for the synthetic visitor: what stands where, in window coordinates. A text
// is `cut` where it is elided, or larger than itself or than the surface it stands on.
QtObject {
    required property Window window

    function look(): var {
        const seen = [];
        const visit = (item, surface, view) => {
            if (!item.visible || item.opacity === 0)
                return;
            const at = item.mapToItem(null, 0, 0);
            const whole = Qt.rect(at.x, at.y, item.width, item.height);
            const box = view === null ? whole : shared(whole, view);
            if (box.width < 0 || box.height < 0)
                return;
            const text = item.text === undefined ? "" : plain(item);
            const label = item.label === undefined ? "" : String(item.label);
            if (text !== "" || label !== "")
                seen.push({
                    name: item.objectName,
                    text: text,
                    label: label,
                    enabled: item.enabled,
                    whole: box.width > whole.width - 1 && box.height > whole.height - 1,
                    cut: item.paintedWidth !== undefined && cut(item, whole, surface),
                    x: box.x,
                    y: box.y,
                    width: box.width,
                    height: box.height
                });
            let under = surface;
            if (item.contentY !== undefined)
                under = null;
            else if (item.radius !== undefined || item.label !== undefined)
                under = whole;
            for (const child of item.children)
                visit(child, under, item.clip ? box : view);
        };
        visit(window.contentItem, null, null);
        return seen;
    }

    function plain(item: var): string {
        if (item.textFormat !== Text.StyledText)
            return String(item.text);
        return item.text.replace(/<[^>]*>/g, "").replace(/&lt;/g, "<").replace(/&gt;/g, ">").replace(/&amp;/g, "&");
    }

    function shared(a: rect, b: rect): rect {
        const x = Math.max(a.x, b.x);
        const y = Math.max(a.y, b.y);
        return Qt.rect(x, y, Math.min(a.right, b.right) - x, Math.min(a.bottom, b.bottom) - y);
    }

    function cut(item: var, box: rect, surface: var): bool {
        if (item.truncated || item.paintedWidth > item.width + 1 || item.paintedHeight > item.height + 1)
            return true;
        return surface !== null && (box.x < surface.x - 1 || box.y < surface.y - 1 || box.right > surface.right + 1 || box.bottom > surface.bottom + 1);
    }
}
