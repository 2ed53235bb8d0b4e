package org.manyi;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.model.bpmn.instance.BaseElement;
import org.camunda.bpm.model.bpmn.instance.BoundaryEvent;
import org.camunda.bpm.model.bpmn.instance.FlowNode;
import org.camunda.bpm.model.bpmn.instance.SequenceFlow;
import org.camunda.bpm.model.bpmn.instance.SubProcess;
import org.camunda.bpm.model.bpmn.instance.bpmndi.BpmnEdge;
import org.camunda.bpm.model.bpmn.instance.bpmndi.BpmnLabel;
import org.camunda.bpm.model.bpmn.instance.bpmndi.BpmnShape;
import org.camunda.bpm.model.bpmn.instance.dc.Bounds;

/**
 * Whether a diagram is drawn so that it can be read: everything has its place, flows run level or upright, nothing lies on anything.
 * Text is judged by the room kept for it; how it really runs is seen by the picture tool of the front end.
 */
class ProcessLayout {

    private record Box(double x, double y, double width, double height) {

        static Box of(Bounds bounds) {
            return new Box(bounds.getX(), bounds.getY(), bounds.getWidth(), bounds.getHeight());
        }

        boolean overlaps(Box other) {
            return x + 1 < other.x + other.width
                    && other.x + 1 < x + width
                    && y + 1 < other.y + other.height
                    && other.y + 1 < y + height;
        }

        boolean touches(Point point) {
            return point.x >= x - 1 && point.x <= x + width + 1 && point.y >= y - 1 && point.y <= y + height + 1;
        }
    }

    private record Point(double x, double y) {}

    private record Segment(Point from, Point to) {

        boolean isLevelOrUpright() {
            return Math.abs(from.x - to.x) < 1 || Math.abs(from.y - to.y) < 1;
        }

        boolean cuts(Box box) {
            double left = Math.min(from.x, to.x);
            double top = Math.min(from.y, to.y);
            return new Box(left - 1, top - 1, Math.abs(from.x - to.x) + 2, Math.abs(from.y - to.y) + 2)
                    .overlaps(new Box(box.x + 1, box.y + 1, box.width - 2, box.height - 2));
        }

        boolean meets(Segment other) {
            return new Box(
                            Math.min(from.x, to.x) - 1,
                            Math.min(from.y, to.y) - 1,
                            Math.abs(from.x - to.x) + 2,
                            Math.abs(from.y - to.y) + 2)
                    .overlaps(new Box(
                            Math.min(other.from.x, other.to.x) - 1,
                            Math.min(other.from.y, other.to.y) - 1,
                            Math.abs(other.from.x - other.to.x) + 2,
                            Math.abs(other.from.y - other.to.y) + 2));
        }
    }

    private record Line(SequenceFlow flow, List<Segment> segments, Point start, Point end) {}

    private final ProcessModel model;
    private final Map<String, Box> shapes = new HashMap<>();
    private final Map<String, Box> labels = new HashMap<>();
    private final List<Line> lines = new ArrayList<>();
    private final List<String> found = new ArrayList<>();

    private ProcessLayout(ProcessModel model) {
        this.model = model;
    }

    /** What is wrong with the drawing, in words; nothing when all is well. */
    static List<String> faults(ProcessModel model) {
        ProcessLayout layout = new ProcessLayout(model);
        layout.read();
        if (layout.found.isEmpty()) {
            layout.checkShapes();
            layout.checkFlows();
            layout.checkLabels();
        }
        return layout.found;
    }

    private void read() {
        for (BpmnShape shape : model.elements(BpmnShape.class)) {
            shapes.put(shape.getBpmnElement().getId(), Box.of(shape.getBounds()));
            keepLabel(shape.getBpmnElement(), shape.getBpmnLabel());
        }
        Map<String, BpmnEdge> edges = new HashMap<>();
        for (BpmnEdge edge : model.elements(BpmnEdge.class)) {
            edges.put(edge.getBpmnElement().getId(), edge);
            keepLabel(edge.getBpmnElement(), edge.getBpmnLabel());
        }
        model.elements(FlowNode.class).stream()
                .filter(node -> !shapes.containsKey(node.getId()))
                .forEach(node -> found.add(node.getId() + " is not drawn"));
        for (SequenceFlow flow : model.elements(SequenceFlow.class)) {
            BpmnEdge edge = edges.get(flow.getId());
            if (edge == null || edge.getWaypoints().size() < 2) {
                found.add(flow.getId() + " is not drawn");
                continue;
            }
            List<Point> points = edge.getWaypoints().stream()
                    .map(waypoint -> new Point(waypoint.getX(), waypoint.getY()))
                    .toList();
            List<Segment> segments = new ArrayList<>();
            for (int i = 1; i < points.size(); i++) {
                segments.add(new Segment(points.get(i - 1), points.get(i)));
            }
            lines.add(new Line(flow, segments, points.get(0), points.get(points.size() - 1)));
        }
    }

    private void keepLabel(BaseElement element, BpmnLabel label) {
        if (label != null && label.getBounds() != null) {
            labels.put(element.getId(), Box.of(label.getBounds()));
        }
    }

    private void checkShapes() {
        List<FlowNode> nodes = List.copyOf(model.elements(FlowNode.class));
        for (int i = 0; i < nodes.size(); i++) {
            for (FlowNode other : nodes.subList(i + 1, nodes.size())) {
                FlowNode one = nodes.get(i);
                if (!within(one, other)
                        && !within(other, one)
                        && !attached(one, other)
                        && !attached(other, one)
                        && box(one).overlaps(box(other))) {
                    found.add(one.getId() + " lies on " + other.getId());
                }
            }
        }
    }

    private void checkFlows() {
        for (Line line : lines) {
            String id = line.flow.getId();
            if (!line.segments.stream().allMatch(Segment::isLevelOrUpright)) {
                found.add(id + " is slanted");
            }
            if (!box(line.flow.getSource()).touches(line.start)
                    || !box(line.flow.getTarget()).touches(line.end)) {
                found.add(id + " does not reach what it joins");
            }
            for (FlowNode node : model.elements(FlowNode.class)) {
                boolean own = node.equals(line.flow.getSource()) || node.equals(line.flow.getTarget());
                if (!own
                        && !within(line.flow.getSource(), node)
                        && !attached(line.flow.getSource(), node)
                        && line.segments.stream().anyMatch(segment -> segment.cuts(box(node)))) {
                    found.add(id + " runs through " + node.getId());
                }
            }
        }
        for (int i = 0; i < lines.size(); i++) {
            for (Line other : lines.subList(i + 1, lines.size())) {
                Line one = lines.get(i);
                boolean common = one.flow.getSource().equals(other.flow.getSource())
                        || one.flow.getTarget().equals(other.flow.getTarget());
                boolean chained = one.flow.getSource().equals(other.flow.getTarget())
                        || one.flow.getTarget().equals(other.flow.getSource());
                if (!common && !chained && crosses(one, other)) {
                    found.add(one.flow.getId() + " crosses " + other.flow.getId());
                }
            }
        }
    }

    private static boolean crosses(Line one, Line other) {
        return one.segments.stream().anyMatch(segment -> other.segments.stream().anyMatch(segment::meets));
    }

    private void checkLabels() {
        Collection<FlowNode> nodes = model.elements(FlowNode.class);
        labels.forEach((id, label) -> {
            nodes.stream()
                    .filter(node -> !(node instanceof SubProcess) && box(node).overlaps(label))
                    .forEach(node -> found.add("the name of " + id + " lies on " + node.getId()));
            lines.stream()
                    .filter(line -> line.segments.stream().anyMatch(segment -> segment.cuts(label)))
                    .forEach(line -> found.add(line.flow.getId() + " runs through the name of " + id));
            labels.forEach((otherId, other) -> {
                if (id.compareTo(otherId) < 0 && label.overlaps(other)) {
                    found.add("the names of " + id + " and " + otherId + " lie on one another");
                }
            });
        });
        lines.stream()
                .filter(line -> line.flow.getName() != null && !labels.containsKey(line.flow.getId()))
                .forEach(line -> found.add("the name of " + line.flow.getId() + " has no place"));
    }

    private Box box(FlowNode node) {
        return shapes.get(node.getId());
    }

    private static boolean within(FlowNode inner, FlowNode outer) {
        for (var parent = inner.getParentElement(); parent != null; parent = parent.getParentElement()) {
            if (parent.equals(outer)) {
                return true;
            }
        }
        return false;
    }

    private static boolean attached(FlowNode event, FlowNode host) {
        return event instanceof BoundaryEvent boundary
                && boundary.getAttachedTo().equals(host);
    }
}
