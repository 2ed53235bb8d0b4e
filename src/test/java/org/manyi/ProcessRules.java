package org.manyi;

import java.io.IOException;
import java.io.StringReader;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.camunda.bpm.model.bpmn.instance.Activity;
import org.camunda.bpm.model.bpmn.instance.BusinessRuleTask;
import org.camunda.bpm.model.bpmn.instance.CallActivity;
import org.camunda.bpm.model.bpmn.instance.EndEvent;
import org.camunda.bpm.model.bpmn.instance.EventBasedGateway;
import org.camunda.bpm.model.bpmn.instance.ExclusiveGateway;
import org.camunda.bpm.model.bpmn.instance.FlowNode;
import org.camunda.bpm.model.bpmn.instance.Gateway;
import org.camunda.bpm.model.bpmn.instance.InclusiveGateway;
import org.camunda.bpm.model.bpmn.instance.Message;
import org.camunda.bpm.model.bpmn.instance.ParallelGateway;
import org.camunda.bpm.model.bpmn.instance.Process;
import org.camunda.bpm.model.bpmn.instance.SequenceFlow;
import org.camunda.bpm.model.bpmn.instance.ServiceTask;
import org.camunda.bpm.model.bpmn.instance.StartEvent;
import org.camunda.bpm.model.bpmn.instance.SubProcess;
import org.camunda.bpm.model.bpmn.instance.UserTask;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.modulith.ApplicationModule;
import org.springframework.stereotype.Component;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NamedNodeMap;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/** What every diagram keeps to. Each rule returns what breaks it, in words; nothing when all is well. */
class ProcessRules {

    static final String TIME_TO_LIVE = "P3650D";

    /** A diagram with more elements than a department head follows is two diagrams. */
    static final int MOST_ELEMENTS = 30;

    private static final Pattern HAN = Pattern.compile("\\p{IsHan}");
    private static final Pattern STEP = Pattern.compile("\\$\\{(\\w+)\\.(\\w+)\\((\\w*)\\)}");
    private static final String TERM = "(true|!?\\w+|\\w+ [!=]= '\\w+')";
    private static final Pattern CONDITION = Pattern.compile("\\$\\{" + TERM + "((\\s(\\|\\||&&)\\s)" + TERM + ")*}");

    /** What a diagram may use of the engine's own attributes and elements; everything else is code or a person in the drawing. */
    private static final Set<String> ENGINE_ATTRIBUTES = Set.of(
            "formRef",
            "formRefBinding",
            "expression",
            "asyncBefore",
            "calledElementBinding",
            "decisionRef",
            "decisionRefBinding",
            "versionTag",
            "historyTimeToLive");

    private static final Set<String> ENGINE_ELEMENTS = Set.of("in", "out");
    private static final String ENGINE = "http://camunda.org/schema/1.0/bpmn";

    private ProcessRules() {}

    static List<String> isNamedLikeItsFile(ProcessModel model) {
        List<String> found = new ArrayList<>();
        List<String> ids =
                model.elements(Process.class).stream().map(Process::getId).toList();
        if (!ids.equals(List.of(model.id()))) {
            found.add("holds " + ids + ", not the one process " + model.id());
        }
        model.elements(Process.class).forEach(process -> {
            if (!process.isExecutable()) {
                found.add(process.getId() + " is not executable");
            }
            if (!TIME_TO_LIVE.equals(process.getCamundaHistoryTimeToLiveString())) {
                found.add(process.getId() + " keeps its history " + process.getCamundaHistoryTimeToLiveString());
            }
            if (process.getCamundaVersionTag() == null) {
                found.add(process.getId() + " has no version tag");
            }
        });
        return found;
    }

    static List<String> namesElementsByTheRules(ProcessModel model) {
        List<String> found = new ArrayList<>();
        if (!model.id().matches("[a-z]+(-[a-z]+)*")) {
            found.add(model.id() + " is not in kebab case");
        }
        model.elements(FlowNode.class).forEach(node -> {
            if (!node.getId().matches(idPattern(node))) {
                found.add(node.getId() + " is not named like " + idPattern(node));
            }
            if (node.getName() == null || !HAN.matcher(node.getName()).find()) {
                found.add(node.getId() + " has no Chinese name");
            }
        });
        model.elements(SequenceFlow.class).forEach(flow -> {
            String expected = "flow_%s_to_%s"
                    .formatted(flow.getSource().getId(), flow.getTarget().getId());
            if (!flow.getId().equals(expected)) {
                found.add(flow.getId() + " is not named " + expected);
            }
        });
        model.elements(Message.class).forEach(message -> {
            if (!message.getName().matches("[A-Z]\\w+")) {
                found.add("message " + message.getName() + " is not an event record's name");
            }
        });
        model.elements(Process.class).stream()
                .filter(process -> process.getName() == null
                        || !HAN.matcher(process.getName()).find())
                .forEach(process -> found.add(process.getId() + " has no Chinese name"));
        return found;
    }

    private static String idPattern(FlowNode node) {
        if (node instanceof Activity) {
            return "[a-z][a-zA-Z0-9]+";
        }
        if (node instanceof Gateway) {
            return "gateway_[A-Z]\\w+";
        }
        return (node instanceof StartEvent ? "start" : node instanceof EndEvent ? "end" : "(timer|message)")
                + "_[A-Z]\\w+";
    }

    static List<String> givesEachUserTaskAForm(ProcessModel model, Set<String> formsOfTheRoom) {
        List<String> found = new ArrayList<>();
        model.elements(UserTask.class).forEach(task -> {
            if (!task.getId().equals(task.getCamundaFormRef())) {
                found.add(task.getId() + " refers to form " + task.getCamundaFormRef());
            }
            if (!"deployment".equals(task.getCamundaFormRefBinding())) {
                found.add(task.getId() + " does not take the form deployed with it");
            }
            if (!formsOfTheRoom.contains(task.getId())) {
                found.add("forms/%s/%s.form is missing".formatted(model.room(), task.getId()));
            }
        });
        return found;
    }

    static List<String> sharesNoUserTaskId(Collection<ProcessModel> models) {
        return models.stream()
                .flatMap(model -> model.elements(UserTask.class).stream().map(UserTask::getId))
                .collect(Collectors.groupingBy(id -> id, Collectors.counting()))
                .entrySet()
                .stream()
                .filter(entry -> entry.getValue() > 1)
                .map(entry -> entry.getKey() + " stands in " + entry.getValue() + " places")
                .toList();
    }

    /** No scripts, listeners, connectors, fields, assignees or due dates: the drawing says what happens, never how or who. */
    static List<String> holdsNoCode(ProcessModel model) {
        List<String> found = new ArrayList<>();
        walk(document(model.xml()).getDocumentElement(), found);
        Stream.concat(model.elements(ServiceTask.class).stream(), model.elements(BusinessRuleTask.class).stream())
                .forEach(task -> {
                    String expression = expression(task);
                    Matcher step = STEP.matcher(String.valueOf(expression));
                    if (task instanceof BusinessRuleTask rule && rule.getCamundaDecisionRef() != null) {
                        return;
                    }
                    if (!step.matches()) {
                        found.add(task.getId() + " calls " + expression + ", not a method of the step bean");
                    } else if (!step.group(2).equals(task.getId())) {
                        found.add(task.getId() + " calls a method of another name: " + step.group(2));
                    } else if (!Set.of("caseNumber", "execution").contains(step.group(3))) {
                        found.add(task.getId() + " passes " + step.group(3));
                    }
                });
        return found;
    }

    private static void walk(Element element, List<String> found) {
        String name = element.getLocalName();
        boolean engine = ENGINE.equals(element.getNamespaceURI());
        if (engine && !ENGINE_ELEMENTS.contains(name)) {
            found.add("uses the element camunda:" + name);
        }
        if (name.equals("scriptTask") || name.equals("script")) {
            found.add("holds a script");
        }
        NamedNodeMap attributes = element.getAttributes();
        for (int i = 0; i < attributes.getLength(); i++) {
            Node attribute = attributes.item(i);
            if (ENGINE.equals(attribute.getNamespaceURI()) && !ENGINE_ATTRIBUTES.contains(attribute.getLocalName())) {
                found.add("uses the attribute camunda:" + attribute.getLocalName());
            }
            if (engine && !allowedMapping(attribute.getNodeName(), attribute.getNodeValue())) {
                found.add("hands over " + attribute.getNodeName() + " " + attribute.getNodeValue());
            }
        }
        String text = element.getTextContent().strip();
        if (name.equals("conditionExpression")
                && (element.hasAttribute("language") || !CONDITION.matcher(text).matches())) {
            found.add("asks more than a variable: " + text);
        }
        if (Set.of("timeDate", "timeDuration").contains(name)
                        && !STEP.matcher(text).matches()
                || name.equals("timeCycle") && !text.matches("[0-9*?/ ]+")) {
            found.add("takes a time from elsewhere than the step bean: " + text);
        }
        NodeList children = element.getChildNodes();
        for (int i = 0; i < children.getLength(); i++) {
            if (children.item(i) instanceof Element child) {
                walk(child, found);
            }
        }
    }

    private static boolean allowedMapping(String attribute, String value) {
        return switch (attribute) {
            case "source", "target" -> value.matches("\\w+");
            case "businessKey" ->
                value.equals("#{execution.processBusinessKey}")
                        || STEP.matcher(value).matches();
            default -> false;
        };
    }

    private static Document document(String xml) {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setNamespaceAware(true);
            return factory.newDocumentBuilder().parse(new InputSource(new StringReader(xml)));
        } catch (ParserConfigurationException | SAXException | IOException e) {
            throw new AssertionError("no XML", e);
        }
    }

    private static String expression(FlowNode task) {
        return task.getAttributeValueNs(ENGINE, "expression");
    }

    /** Every bean that an expression names is a public component of a reachable room with that public method. */
    static List<String> callsOnlyBeansWithinReach(ProcessModel model) {
        List<String> found = new ArrayList<>();
        Matcher step = STEP.matcher(model.xml());
        while (step.find()) {
            String bean = step.group(1);
            Class<?> type = stepBean(model.room(), bean);
            if (type == null) {
                found.add("no room that %s reaches has a public component %s in its process package"
                        .formatted(model.room(), bean));
            } else if (publicMethods(type)
                    .noneMatch(method -> method.getName().equals(step.group(2)) && method.getParameterCount() == 1)) {
                found.add("%s has no public method %s(%s)".formatted(bean, step.group(2), step.group(3)));
            }
        }
        return found.stream().distinct().toList();
    }

    private static Stream<Method> publicMethods(Class<?> type) {
        return Arrays.stream(type.getMethods()).filter(method -> Modifier.isPublic(method.getModifiers()));
    }

    private static Class<?> stepBean(String room, String bean) {
        String simpleName = Character.toUpperCase(bean.charAt(0)) + bean.substring(1);
        for (String reachable : withinReach(room)) {
            try {
                Class<?> type = Class.forName("org.manyi.%s.process.%s".formatted(reachable, simpleName));
                if (Modifier.isPublic(type.getModifiers())
                        && AnnotatedElementUtils.hasAnnotation(type, Component.class)) {
                    return type;
                }
            } catch (ClassNotFoundException e) {
                // Not in this room; the next may have it.
            }
        }
        return null;
    }

    /** A process calls processes and decisions of its own room or of rooms that its room may import. */
    static List<String> callsOnlyModelsWithinReach(
            ProcessModel model, Map<String, String> roomsByProcess, Map<String, String> roomsByDecision) {
        List<String> found = new ArrayList<>();
        model.elements(CallActivity.class)
                .forEach(call -> reach(model, call.getCalledElement(), roomsByProcess, "process", found));
        model.elements(BusinessRuleTask.class).stream()
                .map(BusinessRuleTask::getCamundaDecisionRef)
                .filter(decision -> decision != null)
                .forEach(decision -> reach(model, decision, roomsByDecision, "decision", found));
        return found;
    }

    private static void reach(
            ProcessModel model, String called, Map<String, String> rooms, String kind, List<String> found) {
        String room = rooms.get(called);
        if (room == null) {
            found.add("calls the %s %s, which is not shipped".formatted(kind, called));
        } else if (!withinReach(model.room()).contains(room)) {
            found.add("calls the %s %s of the room %s, out of reach of %s".formatted(kind, called, room, model.room()));
        }
    }

    /** The room and those that its package says it may import. */
    static List<String> withinReach(String room) {
        try {
            ApplicationModule module = Class.forName("org.manyi.%s.package-info".formatted(room))
                    .getPackage()
                    .getAnnotation(ApplicationModule.class);
            return Stream.concat(Stream.of(room), Arrays.stream(module.allowedDependencies()))
                    .toList();
        } catch (ClassNotFoundException e) {
            throw new AssertionError("processes/" + room + " is no room of ours", e);
        }
    }

    /** Gateways ask questions, their flows answer, and the answer taken without an explicit one is the safe one. */
    static List<String> asksAtGatewaysAndFallsBackSafely(ProcessModel model, Map<String, String> safeBranches) {
        List<String> found = new ArrayList<>();
        model.elements(Gateway.class).stream()
                // One that forks takes every way, one that waits takes the way of what comes first: neither asks.
                .filter(gateway -> !(gateway instanceof ParallelGateway) && !(gateway instanceof EventBasedGateway))
                .filter(gateway -> outgoing(model, gateway).size() > 1)
                .forEach(gateway -> {
                    if (gateway.getName() == null || !gateway.getName().endsWith("？")) {
                        found.add(gateway.getId() + " does not ask a question");
                    }
                    outgoing(model, gateway).stream()
                            .filter(flow ->
                                    flow.getName() == null || flow.getName().isBlank())
                            .forEach(flow -> found.add(flow.getId() + " gives no answer"));
                    String fallback = fallback(model, gateway);
                    String safe = safeBranches.get(gateway.getId());
                    if (safe == null) {
                        found.add(gateway.getId() + " is not in the table of safe branches");
                    } else if (!safe.equals(fallback)) {
                        found.add("%s falls back to %s, not to %s".formatted(gateway.getId(), fallback, safe));
                    }
                    outgoing(model, gateway).stream()
                            .filter(flow -> flow.getConditionExpression() == null && !flow.equals(defaultFlow(gateway)))
                            .forEach(flow -> found.add(flow.getId() + " has no condition"));
                });
        model.elements(Activity.class).stream()
                .filter(activity -> outgoing(model, activity).size() > 1)
                .forEach(activity -> found.add(activity.getId() + " forks without a gateway"));
        return found;
    }

    /** By the flows' own ends: the engine does not ask whether a node lists them too. */
    private static List<SequenceFlow> outgoing(ProcessModel model, FlowNode node) {
        return model.elements(SequenceFlow.class).stream()
                .filter(flow -> flow.getSource().equals(node))
                .toList();
    }

    /** Where the token goes whatever the variables say: the default flow, or the one that is always taken. */
    private static String fallback(ProcessModel model, Gateway gateway) {
        SequenceFlow byDefault = defaultFlow(gateway);
        if (byDefault != null) {
            return byDefault.getTarget().getId();
        }
        return outgoing(model, gateway).stream()
                .filter(always())
                .map(flow -> flow.getTarget().getId())
                .findFirst()
                .orElse(null);
    }

    private static Predicate<SequenceFlow> always() {
        return flow -> flow.getConditionExpression() != null
                && "${true}"
                        .equals(flow.getConditionExpression().getTextContent().strip());
    }

    private static SequenceFlow defaultFlow(Gateway gateway) {
        if (gateway instanceof ExclusiveGateway exclusive) {
            return exclusive.getDefault();
        }
        return gateway instanceof InclusiveGateway inclusive ? inclusive.getDefault() : null;
    }

    static List<String> staysReadable(ProcessModel model) {
        long elements = model.elements(FlowNode.class).stream()
                .filter(node -> !(node instanceof SubProcess))
                .count();
        return elements > MOST_ELEMENTS ? List.of(model.id() + " has " + elements + " elements") : List.of();
    }
}
