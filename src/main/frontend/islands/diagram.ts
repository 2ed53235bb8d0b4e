import NavigatedViewer from 'bpmn-js/lib/NavigatedViewer';
import { el, icon } from '../lib/dom';
import { ask } from '../lib/http';
import { say, type WordKey } from '../lib/words';
import '../style/diagram.scss';

/** A process and where it stands: the elements that are done, those under way, and how many cases wait at an element. */
interface Diagram {
    xml: string;
    active: string[];
    done: string[];
    counts?: Record<string, number>;
}

interface Point {
    x: number;
    y: number;
}

interface Box extends Point {
    width: number;
    height: number;
}

interface Canvas {
    zoom(): number;
    zoom(scale: number, center?: Point): number;
    viewbox(): { inner: Box; outer: { width: number; height: number } };
    viewbox(box: Box): void;
    scroll(by: { dx: number; dy: number }): void;
    addMarker(element: string, marker: string): void;
    resized(): void;
}

const SMALLEST = 0.2;
const LARGEST = 3;
const STEP = 1.25;
const MARGIN = 24;
/** Below this the names in the boxes cannot be read: rather a part of the diagram, around what is under way. */
const readable = (width: number) => (width < 700 ? 0.85 : 0.6);

/** Draws the process and marks by shape, colour and word what is done and what is under way. */
export async function mount(element: HTMLElement): Promise<void> {
    const outcome = await ask<Diagram>(element.dataset.url!);
    const stage = el('div', { class: 'diagram-canvas' });
    const viewer = new NavigatedViewer({
        container: stage,
        zoomScroll: { enabled: false },
        bpmnRenderer: { defaultFillColor: 'var(--surface)', defaultStrokeColor: 'var(--diagram-line)', defaultLabelColor: 'var(--ink)' },
        textRenderer: {
            defaultStyle: { fontFamily: 'system-ui, "PingFang SC", "Microsoft YaHei", "Noto Sans SC", sans-serif', fontSize: 12, lineHeight: 1.3 },
            externalStyle: { fontSize: 11, lineHeight: 1.3 },
        },
    });
    element.classList.add('diagram');
    element.replaceChildren(stage);
    try {
        if (outcome.kind !== 'ok') {
            throw new Error(outcome.kind);
        }
        await viewer.importXML(outcome.value.xml);
    } catch {
        element.replaceChildren(el('p', { class: 'muted' }, say('diagram.failed')));
        return;
    }
    const focus = mark(viewer, outcome.value);
    const view = steer(viewer.get<Canvas>('canvas'), stage, focus);
    const button = (name: string, word: WordKey, act: () => void) => {
        const made = el('button', { type: 'button', class: 'btn btn-sm', 'aria-label': say(word), title: say(word) }, icon(name));
        made.addEventListener('click', act);
        return made;
    };
    const sample = (state: string, word: WordKey) => el('span', { class: `diagram-key is-${state}` }, say(word));
    stage.querySelector('svg')?.setAttribute('aria-label', element.getAttribute('aria-label') ?? '');
    element.append(
        el(
            'div',
            { class: 'diagram-bar' },
            sample('done', 'diagram.done'),
            sample('active', 'diagram.active'),
            sample('todo', 'diagram.todo'),
            el('span', { class: 'diagram-buttons' }, button('plus', 'diagram.in', () => view.zoom(STEP)), button('minus', 'diagram.out', () => view.zoom(1 / STEP)), button('maximize', 'diagram.fit', view.fit)),
        ),
    );
    view.open();
}

/** Sets the marks; returns the box around what is under way, or null. */
function mark(viewer: NavigatedViewer, { active, done, counts = {} }: Diagram): Box | null {
    const canvas = viewer.get<Canvas>('canvas');
    const registry = viewer.get<{ get(id: string): (Box & { waypoints?: unknown }) | undefined }>('elementRegistry');
    const overlays = viewer.get<{ add(id: string, overlay: object): void }>('overlays');
    const underWay = active.filter((id) => registry.get(id));
    done.filter((id) => registry.get(id) && !underWay.includes(id)).forEach((id) => {
        canvas.addMarker(id, 'is-done');
        if (!registry.get(id)!.waypoints) {
            overlays.add(id, { position: { top: -9, right: 9 }, html: el('span', { class: 'diagram-badge is-done', role: 'img', 'aria-label': say('diagram.done') }, icon('check')) });
        }
    });
    underWay.forEach((id) => {
        canvas.addMarker(id, 'is-active');
        const text = counts[id] === undefined ? say('diagram.active') : say('diagram.count', { 0: counts[id] });
        overlays.add(id, { position: { top: -12, left: 6 }, html: el('span', { class: 'diagram-badge is-active' }, text) });
    });
    const boxes = underWay.map((id) => registry.get(id)!);
    if (!boxes.length) {
        return null;
    }
    const x = Math.min(...boxes.map((box) => box.x));
    const y = Math.min(...boxes.map((box) => box.y));
    return { x, y, width: Math.max(...boxes.map((box) => box.x + box.width)) - x, height: Math.max(...boxes.map((box) => box.y + box.height)) - y };
}

/**
 * Looks at a part of the diagram. The wheel scrolls the page, with Ctrl it zooms; one finger moves the diagram sideways and the page up and down, two zoom;
 * plus, minus and nought work when the diagram has the focus, and the arrow keys move it.
 */
function steer(canvas: Canvas, stage: HTMLElement, focus: Box | null): { open(): void; fit(): void; zoom(by: number, at?: Point): void } {
    const whole = canvas.viewbox().inner;
    const width = whole.width + 2 * MARGIN;
    const height = whole.height + 2 * MARGIN;
    const middle = { x: whole.x + whole.width / 2, y: whole.y + whole.height / 2 };

    function look(scale: number, center: Point): void {
        stage.style.height = `${Math.round(Math.min(Math.max(height * scale, 200), window.innerHeight * 0.7))}px`;
        canvas.resized();
        const size = { width: stage.clientWidth / scale, height: stage.clientHeight / scale };
        canvas.viewbox({ x: center.x - size.width / 2, y: center.y - size.height / 2, ...size });
    }

    const fitting = () => Math.min(1, stage.clientWidth / width, (window.innerHeight * 0.7) / height);
    const zoom = (by: number, at?: Point) => canvas.zoom(Math.min(LARGEST, Math.max(SMALLEST, canvas.zoom() * by)), at);

    stage.addEventListener('keydown', (event) => {
        const act = { '+': () => zoom(STEP), '=': () => zoom(STEP), '-': () => zoom(1 / STEP), '0': () => look(fitting(), middle) }[event.key];
        if (act) {
            event.preventDefault();
            act();
        }
    });
    stage.addEventListener(
        'wheel',
        (event) => {
            if (event.ctrlKey) {
                event.preventDefault();
                zoom(event.deltaY < 0 ? STEP : 1 / STEP, within(event));
            }
        },
        { passive: false },
    );

    const fingers = new Map<number, Point>();
    const within = ({ clientX, clientY }: { clientX: number; clientY: number }) => {
        const { left, top } = stage.getBoundingClientRect();
        return { x: clientX - left, y: clientY - top };
    };
    const spread = () => {
        const [one, other] = [...fingers.values()];
        return { apart: Math.hypot(one.x - other.x, one.y - other.y), middle: { x: (one.x + other.x) / 2, y: (one.y + other.y) / 2 } };
    };
    stage.addEventListener('pointerdown', (event) => event.pointerType === 'touch' && fingers.set(event.pointerId, within(event)));
    stage.addEventListener('pointermove', (event) => {
        const before = fingers.get(event.pointerId);
        if (!before) {
            return;
        }
        const now = within(event);
        if (fingers.size === 1) {
            canvas.scroll({ dx: now.x - before.x, dy: 0 });
            fingers.set(event.pointerId, now);
        } else if (fingers.size === 2) {
            const from = spread();
            fingers.set(event.pointerId, now);
            const to = spread();
            zoom(to.apart / Math.max(1, from.apart), to.middle);
            canvas.scroll({ dx: to.middle.x - from.middle.x, dy: to.middle.y - from.middle.y });
        }
    });
    ['pointerup', 'pointercancel', 'pointerleave'].forEach((name) => stage.addEventListener(name, (event) => fingers.delete((event as PointerEvent).pointerId)));

    return {
        zoom,
        fit: () => look(fitting(), middle),
        open: () => {
            const scale = Math.max(fitting(), readable(stage.clientWidth));
            const seen = stage.clientWidth / scale;
            const wide = width > seen;
            // What is under way in the middle, but never a look past the diagram's edge.
            const center = focus ? focus.x + focus.width / 2 : whole.x + seen / 2 - MARGIN;
            const x = wide ? Math.min(Math.max(center, whole.x - MARGIN + seen / 2), whole.x + whole.width + MARGIN - seen / 2) : middle.x;
            look(scale, { x, y: focus && height * scale > window.innerHeight * 0.7 ? focus.y + focus.height / 2 : middle.y });
        },
    };
}
