/**
 * Looks at a drawn diagram as a reader would. Runs inside the page, so it stands alone and reads `window.viewer`.
 *
 * An error is what hides something: shapes or labels on top of one another, a flow running through a shape or along another flow, text that
 * does not fit its box, a part outside its lane or pool. A warning is what tires the eye: crossings, slanted flows, shapes out of line.
 *
 * @returns {{level: 'error'|'warning', text: string}[]}
 */
export function checkLayout() {
    const findings = [];
    const say = (level, text) => findings.push({ level, text });
    const registry = window.viewer.get('elementRegistry');
    const name = (element) => {
        const object = element.businessObject;
        const own = element.labelTarget ? 'label of ' : '';
        return object.name ? `${own}${object.id} (${object.name.replace(/\s+/g, ' ')})` : `${own}${object.id}`;
    };
    const all = registry.filter((element) => element.parent);
    const is = (element, ...types) => types.some((type) => element.businessObject.$instanceOf?.(`bpmn:${type}`));
    const shapes = all.filter((element) => !element.waypoints && !element.labelTarget && element.width);
    const labels = all.filter((element) => element.labelTarget && element.businessObject.name);
    const flows = all.filter((element) => element.waypoints);
    const solid = shapes.filter((shape) => !is(shape, 'Participant', 'Lane', 'Group', 'TextAnnotation') && !(is(shape, 'SubProcess') && shape.children?.length));

    const overlaps = (a, b, by = 1) =>
        a.x + by < b.x + b.width && b.x + by < a.x + a.width && a.y + by < b.y + b.height && b.y + by < a.y + a.height;
    const contains = (outer, inner) =>
        outer.x <= inner.x && outer.y <= inner.y && outer.x + outer.width >= inner.x + inner.width && outer.y + outer.height >= inner.y + inner.height;
    const segments = (flow) => flow.waypoints.slice(1).map((to, index) => [flow.waypoints[index], to]);
    const cuts = ([from, to], box, by = 2) => {
        const left = box.x + by;
        const top = box.y + by;
        const right = box.x + box.width - by;
        const bottom = box.y + box.height - by;
        let enter = 0;
        let leave = 1;
        for (const [start, delta, low, high] of [
            [from.x, to.x - from.x, left, right],
            [from.y, to.y - from.y, top, bottom],
        ]) {
            if (delta === 0) {
                if (start < low || start > high) {
                    return false;
                }
                continue;
            }
            const one = (low - start) / delta;
            const other = (high - start) / delta;
            enter = Math.max(enter, Math.min(one, other));
            leave = Math.min(leave, Math.max(one, other));
        }
        return enter < leave;
    };
    /** The text as drawn, in the diagram's own units; a label's box in the file is often larger or smaller than its words. */
    const drawn = (element) => {
        const text = registry.getGraphics(element)?.querySelector('.djs-visual text');
        if (!text) {
            return null;
        }
        const box = text.getBBox();
        const matrix = text.getCTM();
        const zero = registry.getGraphics(element).getCTM();
        return { x: element.x + box.x + (matrix.e - zero.e) / zero.a, y: element.y + box.y + (matrix.f - zero.f) / zero.d, width: box.width, height: box.height };
    };

    solid.forEach((a, index) =>
        solid.slice(index + 1).forEach((b) => {
            const attached = a.host === b || b.host === a;
            const nested = a.parent === b || b.parent === a;
            if (!attached && !nested && overlaps(a, b)) {
                say('error', `${name(a)} lies on ${name(b)}`);
            }
        }),
    );

    shapes.forEach((shape) => {
        const home = shape.parent;
        if (home?.width && !shape.host && !is(shape, 'Lane') && !contains(home, shape)) {
            say('error', `${name(shape)} sticks out of ${name(home)}`);
        }
        if (is(shape, 'FlowNode') && !shape.host) {
            const lanes = shapes.filter((lane) => is(lane, 'Lane') && lane.businessObject.flowNodeRef?.includes(shape.businessObject));
            lanes.filter((lane) => !contains(lane, shape)).forEach((lane) => say('error', `${name(shape)} is not drawn inside its lane ${name(lane)}`));
        }
        if (is(shape, 'Activity')) {
            const text = drawn(shape);
            if (text && (text.height > shape.height - 4 || text.width > shape.width - 2)) {
                say('error', `the text of ${name(shape)} does not fit its box`);
            }
        }
    });

    const words = labels.map((label) => ({ label, box: drawn(label) })).filter(({ box }) => box);
    words.forEach(({ label, box }, index) => {
        solid.filter((shape) => overlaps(box, shape, 2)).forEach((shape) => say('error', `${name(label)} lies on ${name(shape)}`));
        words.slice(index + 1).filter((other) => overlaps(box, other.box)).forEach((other) => say('error', `${name(label)} lies on ${name(other.label)}`));
        flows
            .filter((flow) => segments(flow).some((segment) => cuts(segment, box)))
            .forEach((flow) => say(flow === label.labelTarget ? 'warning' : 'error', `${name(flow)} runs through the ${name(label)}`));
        const target = label.labelTarget;
        const middle = { x: box.x + box.width / 2, y: box.y + box.height / 2 };
        const points = target.waypoints ?? [{ x: target.x + target.width / 2, y: target.y + target.height / 2 }];
        const gaps = target.waypoints
            ? segments(target).map(([from, to]) => distance(middle, from, to))
            : points.map((point) => Math.hypot(point.x - middle.x, point.y - middle.y));
        if (Math.min(...gaps) > 110) {
            say('warning', `${name(label)} stands far from what it names`);
        }
    });

    function distance(point, from, to) {
        const length = (to.x - from.x) ** 2 + (to.y - from.y) ** 2;
        const at = length ? Math.max(0, Math.min(1, ((point.x - from.x) * (to.x - from.x) + (point.y - from.y) * (to.y - from.y)) / length)) : 0;
        return Math.hypot(point.x - from.x - at * (to.x - from.x), point.y - from.y - at * (to.y - from.y));
    }

    flows.forEach((flow) => {
        const ends = [flow.source, flow.target];
        solid
            .filter((shape) => !ends.includes(shape) && !ends.some((end) => end?.host === shape || end?.parent === shape || shape.parent === end || shape.host === end))
            .filter((shape) => segments(flow).some((segment) => cuts(segment, shape)))
            .forEach((shape) => say('error', `${name(flow)} runs through ${name(shape)}`));
        // The first and last points lie on the borders; what runs deeper than that runs through the shape it starts or ends at.
        ends.filter((end) => end && solid.includes(end) && is(end, 'Activity'))
            .filter((end) => segments(flow).some((segment) => cuts(segment, end, 4)))
            .forEach((end) => say('error', `${name(flow)} runs through its own end ${name(end)}`));
        if (is(flow, 'SequenceFlow') && segments(flow).some(([from, to]) => Math.abs(from.x - to.x) > 1 && Math.abs(from.y - to.y) > 1)) {
            say('warning', `${name(flow)} is slanted`);
        }
        ends.forEach((end, index) => {
            const point = index ? flow.waypoints.at(-1) : flow.waypoints[0];
            const slack = 3;
            if (end?.width && !(point.x >= end.x - slack && point.x <= end.x + end.width + slack && point.y >= end.y - slack && point.y <= end.y + end.height + slack)) {
                say('error', `${name(flow)} does not touch ${name(end)}`);
            }
        });
    });

    flows.forEach((a, index) =>
        flows.slice(index + 1).forEach((b) => {
            let crossings = 0;
            let together = 0;
            segments(a).forEach((one) =>
                segments(b).forEach((two) => {
                    const shared = alongside(one, two);
                    together += shared;
                    if (!shared && cross(one, two)) {
                        crossings += 1;
                    }
                }),
            );
            const meet = a.source === b.source || a.target === b.target;
            if (together > (meet ? Infinity : 6)) {
                say('error', `${name(a)} and ${name(b)} run on top of one another`);
            }
            if (crossings && !(meet && crossings === 1 && together)) {
                say('warning', `${name(a)} crosses ${name(b)}`);
            }
        }),
    );

    function cross([p, q], [r, s]) {
        const side = (a, b, c) => Math.sign((b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x));
        return side(p, q, r) * side(p, q, s) < 0 && side(r, s, p) * side(r, s, q) < 0;
    }

    function alongside([p, q], [r, s]) {
        for (const [fixed, free] of [['x', 'y'], ['y', 'x']]) {
            if (Math.abs(p[fixed] - q[fixed]) < 1 && Math.abs(r[fixed] - s[fixed]) < 1 && Math.abs(p[fixed] - r[fixed]) < 3) {
                const length = Math.min(Math.max(p[free], q[free]), Math.max(r[free], s[free])) - Math.max(Math.min(p[free], q[free]), Math.min(r[free], s[free]));
                return Math.max(0, length);
            }
        }
        return 0;
    }

    return findings.filter((finding, index) => findings.findIndex((other) => other.text === finding.text) === index);
}
