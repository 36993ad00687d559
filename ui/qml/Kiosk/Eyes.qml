import QtQuick

// Reads the live item tree, for the synthetic visitor: what stands where, in window coordinates.
QtObject {
    required property Window window

    function look(): var {
        const seen = [];
        const root = window.contentItem;
        const visit = (item) => {
            if (!item.visible || item.opacity === 0)
                return;
            const text = item.text === undefined ? "" : String(item.text);
            const label = item.label === undefined ? "" : String(item.label);
            if (text !== "" || label !== "") {
                const at = item.mapToItem(null, 0, 0);
                seen.push({
                    name: item.objectName,
                    text: text,
                    label: label,
                    enabled: item.enabled,
                    x: at.x,
                    y: at.y,
                    width: item.width,
                    height: item.height
                });
            }
            for (const child of item.children)
                visit(child);
        };
        visit(root);
        return seen;
    }
}
