package org.manyi;

import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.camunda.bpm.model.bpmn.instance.UserTask;
import org.camunda.bpm.model.dmn.Dmn;
import org.camunda.bpm.model.dmn.instance.Decision;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The diagrams and forms keep to the rules of the house; and each rule is seen to fail on a model that breaks it. */
class ProcessModelTests {

    /** Where a token goes when nobody said otherwise: the branch on which nothing is lost and nobody is judged. */
    private static final Map<String, String> SAFE_BRANCHES = Map.ofEntries(
            Map.entry("gateway_ReporterKnown", "suggestTriage"),
            Map.entry("gateway_TriageDecision", "signForIssue"),
            Map.entry("gateway_Signed", "decideReturn"),
            Map.entry("gateway_TakenUp", "end_NotRectified"),
            Map.entry("gateway_RectificationAccepted", "callRectificationRound"),
            Map.entry("gateway_ReporterToCall", "approveClosure"),
            Map.entry("gateway_ReporterAnswer", "callRectificationRound"),
            Map.entry("gateway_ClosureApproved", "callRectificationRound"),
            Map.entry("gateway_RoundPassed", "end_RoundFailed"),
            Map.entry("gateway_LongTerm", "rectification"),
            Map.entry("gateway_FurtherExtension", "decideExtension"),
            Map.entry("gateway_ShelvingApproved", "resumeRound"),
            Map.entry("gateway_ShelveAgain", "resumeRound"),
            Map.entry("gateway_StageProposed", "timer_PeriodOver"),
            Map.entry("gateway_StageCompleted", "timer_PeriodOver"),
            Map.entry("gateway_Recurred", "end_IssueLasting"),
            Map.entry("gateway_RecipientsLeft", "end_RemindersWritten"),
            Map.entry("gateway_PlanApproved", "revisePlan"),
            Map.entry("gateway_SchoolsLeft", "gateway_PartsAwaited"),
            Map.entry("gateway_NodePlanned", "end_NotPlanned"),
            Map.entry("gateway_NodeOpen", "timer_NodeOpens"),
            Map.entry("gateway_CheckWanted", "checkWork"),
            Map.entry("gateway_WorkAccepted", "doWork"),
            Map.entry("gateway_ResultsConfirmed", "enterExternalResults"),
            Map.entry("gateway_CityRankKnown", "gateway_CityRankOpen"),
            Map.entry("gateway_GoOnWithoutRank", "gateway_CityRankOpen"),
            Map.entry("gateway_HonoursGiven", "awardHonours"),
            Map.entry("gateway_DateGranted", "end_DateRefused"),
            Map.entry("gateway_WorksLeft", "changeSchools"),
            Map.entry("gateway_ChangesLeft", "closeAdjustment"),
            Map.entry("gateway_MeetingTaskConfirmed", "doMeetingTask"));

    private static final List<ProcessModel> MODELS = ProcessModel.all();
    private static final List<FormModel> FORMS = FormModel.all();

    static Stream<ProcessModel> models() {
        return MODELS.stream();
    }

    static Stream<FormModel> forms() {
        return FORMS.stream();
    }

    @Test
    void theProcessesOfTheFirstReleaseAreShipped() {
        assertThat(MODELS)
                .extracting(ProcessModel::id)
                .contains(
                        "issue-rectification",
                        "rectification-round",
                        "shelving",
                        "co-handling",
                        "long-term-follow-up",
                        "recurrence-check",
                        "protected-matter",
                        "deadline-reminders",
                        "annual-campaign",
                        "february-planning",
                        "spring-surveys",
                        "autumn-visits",
                        "year-end-review",
                        "school-planning",
                        "school-spring",
                        "school-autumn",
                        "school-year-end",
                        "work-item",
                        "meeting-task");
    }

    @ParameterizedTest
    @MethodSource("models")
    void aProcessIsNamedLikeItsFileAndKeepsItsHistoryForTenYears(ProcessModel model) {
        assertThat(ProcessRules.isNamedLikeItsFile(model)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("models")
    void elementsAreNamedInChineseAndTheirIdsByTheRules(ProcessModel model) {
        assertThat(ProcessRules.namesElementsByTheRules(model)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("models")
    void everyUserTaskHasAFormOfItsName(ProcessModel model) {
        assertThat(ProcessRules.givesEachUserTaskAForm(model, formsOf(model.room())))
                .isEmpty();
    }

    @Test
    void userTaskIdsAreUniqueOverAllProcesses() {
        assertThat(ProcessRules.sharesNoUserTaskId(MODELS)).isEmpty();
    }

    @Test
    void everyFormBelongsToAUserTaskOfItsRoom() {
        for (FormModel form : FORMS) {
            assertThat(MODELS.stream()
                            .filter(model -> model.room().equals(form.room()))
                            .flatMap(model -> model.elements(UserTask.class).stream()))
                    .as("user task of the form %s", form)
                    .anyMatch(task -> task.getId().equals(form.id()));
        }
    }

    @ParameterizedTest
    @MethodSource("models")
    void aDiagramHoldsNoScriptsListenersOrPersons(ProcessModel model) {
        assertThat(ProcessRules.holdsNoCode(model)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("models")
    void beansInExpressionsExistInRoomsWithinReach(ProcessModel model) {
        assertThat(ProcessRules.callsOnlyBeansWithinReach(model)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("models")
    void calledProcessesAndDecisionsExistInRoomsWithinReach(ProcessModel model) {
        assertThat(ProcessRules.callsOnlyModelsWithinReach(model, roomsByProcess(), roomsByDecision()))
                .isEmpty();
    }

    @ParameterizedTest
    @MethodSource("models")
    void gatewaysAskQuestionsAndFallBackToTheSafeBranch(ProcessModel model) {
        assertThat(ProcessRules.asksAtGatewaysAndFallsBackSafely(model, SAFE_BRANCHES))
                .isEmpty();
    }

    @ParameterizedTest
    @MethodSource("models")
    void aDiagramIsDrawnSoThatItCanBeRead(ProcessModel model) {
        assertThat(ProcessLayout.faults(model)).isEmpty();
        assertThat(ProcessRules.staysReadable(model)).isEmpty();
    }

    @Test
    void decisionTablesAreNamedLikeTheirFilesAndKeepTheirHistoryForTenYears() {
        assertThat(decisionFiles()).isNotEmpty();
        for (var file : decisionFiles()) {
            assertThat(Dmn.readModelFromFile(file.toFile()).getModelElementsByType(Decision.class))
                    .singleElement()
                    .satisfies(decision -> {
                        assertThat(decision.getId()).isEqualTo(ProcessModel.name(file));
                        assertThat(decision.getName()).containsPattern("\\p{IsHan}");
                        assertThat(decision.getCamundaHistoryTimeToLiveString()).isEqualTo(ProcessRules.TIME_TO_LIVE);
                    });
        }
    }

    @ParameterizedTest
    @MethodSource("forms")
    void aFormIsNamedLikeItsFile(FormModel form) {
        assertThat(FormRules.isNamedLikeItsFile(form)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("forms")
    void aFormUsesOnlyWhatTheServerEnforces(FormModel form) {
        assertThat(FormRules.usesOnlyWhatTheServerEnforces(form)).isEmpty();
        assertThat(FormRules.hidesByFieldsThatExist(form)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("forms")
    void aFormSpeaksChineseAndEnglish(FormModel form) {
        assertThat(FormRules.speaksBothLanguages(form, MessageBundles.chinese(), MessageBundles.english()))
                .isEmpty();
    }

    @Test
    void noMessageOutlivesItsForm() {
        assertThat(FormRules.staleMessages(FORMS, MessageBundles.english())).isEmpty();
    }

    @Test
    void taskNamesAreThoseOfTheDiagram() {
        Map<String, String> chinese = MessageBundles.chinese();
        Map<String, String> english = MessageBundles.english();
        MODELS.stream()
                .flatMap(model -> model.elements(UserTask.class).stream())
                .forEach(task -> {
                    assertThat(chinese).containsEntry("task." + task.getId(), task.getName());
                    assertThat(english).containsKey("task." + task.getId());
                });
    }

    private static Set<String> formsOf(String room) {
        return FORMS.stream()
                .filter(form -> form.room().equals(room))
                .map(FormModel::id)
                .collect(toSet());
    }

    private static Map<String, String> roomsByProcess() {
        return MODELS.stream().collect(toMap(ProcessModel::id, ProcessModel::room));
    }

    private static Map<String, String> roomsByDecision() {
        return decisionFiles().stream().collect(toMap(ProcessModel::name, ProcessModel::room));
    }

    private static List<java.nio.file.Path> decisionFiles() {
        return ProcessModel.files("processes", ".dmn");
    }

    /** Each rule against a small sound process with one thing broken. */
    @Nested
    class EachRuleCanFail {

        private static final String SOUND = """
                <?xml version="1.0" encoding="UTF-8"?>
                <bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL"
                    xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI" xmlns:dc="http://www.omg.org/spec/DD/20100524/DC"
                    xmlns:di="http://www.omg.org/spec/DD/20100524/DI" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
                    xmlns:camunda="http://camunda.org/schema/1.0/bpmn" id="definitions" targetNamespace="https://manyi.org/test">
                  <bpmn:process id="tea-break" name="茶歇" isExecutable="true" camunda:versionTag="1.0" camunda:historyTimeToLive="P3650D">
                    <bpmn:startEvent id="start_BellRung" name="铃响了" />
                    <bpmn:sequenceFlow id="flow_start_BellRung_to_askGuest" sourceRef="start_BellRung" targetRef="askGuest" />
                    <bpmn:userTask id="askGuest" name="问客人" camunda:formRef="askGuest" camunda:formRefBinding="deployment" />
                    <bpmn:sequenceFlow id="flow_askGuest_to_gateway_TeaWanted" sourceRef="askGuest" targetRef="gateway_TeaWanted" />
                    <bpmn:exclusiveGateway id="gateway_TeaWanted" name="要茶吗？" default="flow_gateway_TeaWanted_to_end_GuestLeft" />
                    <bpmn:sequenceFlow id="flow_gateway_TeaWanted_to_pourTea" name="要" sourceRef="gateway_TeaWanted" targetRef="pourTea">
                      <bpmn:conditionExpression xsi:type="bpmn:tFormalExpression">${wanted == 'tea'}</bpmn:conditionExpression>
                    </bpmn:sequenceFlow>
                    <bpmn:sequenceFlow id="flow_gateway_TeaWanted_to_end_GuestLeft" name="不要" sourceRef="gateway_TeaWanted" targetRef="end_GuestLeft" />
                    <bpmn:serviceTask id="pourTea" name="倒茶" camunda:expression="${teaBreakSteps.pourTea(caseNumber)}" />
                    <bpmn:sequenceFlow id="flow_pourTea_to_end_TeaDrunk" sourceRef="pourTea" targetRef="end_TeaDrunk" />
                    <bpmn:endEvent id="end_TeaDrunk" name="喝过了" />
                    <bpmn:endEvent id="end_GuestLeft" name="走了" />
                  </bpmn:process>
                  <bpmndi:BPMNDiagram id="diagram"><bpmndi:BPMNPlane id="plane" bpmnElement="tea-break">
                    <bpmndi:BPMNShape id="s1" bpmnElement="start_BellRung"><dc:Bounds x="0" y="82" width="36" height="36" />
                      <bpmndi:BPMNLabel><dc:Bounds x="0" y="124" width="36" height="14" /></bpmndi:BPMNLabel></bpmndi:BPMNShape>
                    <bpmndi:BPMNShape id="s2" bpmnElement="askGuest"><dc:Bounds x="100" y="60" width="100" height="80" /></bpmndi:BPMNShape>
                    <bpmndi:BPMNShape id="s3" bpmnElement="gateway_TeaWanted"><dc:Bounds x="250" y="75" width="50" height="50" />
                      <bpmndi:BPMNLabel><dc:Bounds x="250" y="50" width="50" height="14" /></bpmndi:BPMNLabel></bpmndi:BPMNShape>
                    <bpmndi:BPMNShape id="s4" bpmnElement="pourTea"><dc:Bounds x="350" y="60" width="100" height="80" /></bpmndi:BPMNShape>
                    <bpmndi:BPMNShape id="s5" bpmnElement="end_TeaDrunk"><dc:Bounds x="500" y="82" width="36" height="36" /></bpmndi:BPMNShape>
                    <bpmndi:BPMNShape id="s6" bpmnElement="end_GuestLeft"><dc:Bounds x="500" y="182" width="36" height="36" /></bpmndi:BPMNShape>
                    <bpmndi:BPMNEdge id="e1" bpmnElement="flow_start_BellRung_to_askGuest"><di:waypoint x="36" y="100" /><di:waypoint x="100" y="100" /></bpmndi:BPMNEdge>
                    <bpmndi:BPMNEdge id="e2" bpmnElement="flow_askGuest_to_gateway_TeaWanted"><di:waypoint x="200" y="100" /><di:waypoint x="250" y="100" /></bpmndi:BPMNEdge>
                    <bpmndi:BPMNEdge id="e3" bpmnElement="flow_gateway_TeaWanted_to_pourTea"><di:waypoint x="300" y="100" /><di:waypoint x="350" y="100" />
                      <bpmndi:BPMNLabel><dc:Bounds x="315" y="80" width="14" height="14" /></bpmndi:BPMNLabel></bpmndi:BPMNEdge>
                    <bpmndi:BPMNEdge id="e4" bpmnElement="flow_pourTea_to_end_TeaDrunk"><di:waypoint x="450" y="100" /><di:waypoint x="500" y="100" /></bpmndi:BPMNEdge>
                    <bpmndi:BPMNEdge id="e5" bpmnElement="flow_gateway_TeaWanted_to_end_GuestLeft"><di:waypoint x="275" y="125" /><di:waypoint x="275" y="200" /><di:waypoint x="500" y="200" />
                      <bpmndi:BPMNLabel><dc:Bounds x="315" y="180" width="25" height="14" /></bpmndi:BPMNLabel></bpmndi:BPMNEdge>
                  </bpmndi:BPMNPlane></bpmndi:BPMNDiagram>
                </bpmn:definitions>
                """;

        private static final Map<String, String> SAFE = Map.of("gateway_TeaWanted", "end_GuestLeft");

        @Test
        void theSoundProcessBreaksNoRule() {
            ProcessModel sound = with("", "");

            assertThat(ProcessRules.isNamedLikeItsFile(sound)).isEmpty();
            assertThat(ProcessRules.namesElementsByTheRules(sound)).isEmpty();
            assertThat(ProcessRules.givesEachUserTaskAForm(sound, Set.of("askGuest")))
                    .isEmpty();
            assertThat(ProcessRules.sharesNoUserTaskId(List.of(sound))).isEmpty();
            assertThat(ProcessRules.holdsNoCode(sound)).isEmpty();
            assertThat(ProcessRules.asksAtGatewaysAndFallsBackSafely(sound, SAFE))
                    .isEmpty();
            assertThat(ProcessLayout.faults(sound)).isEmpty();
            assertThat(ProcessRules.staysReadable(sound)).isEmpty();
        }

        @Test
        void namesAndHistory() {
            assertThat(ProcessRules.isNamedLikeItsFile(with("id=\"tea-break\"", "id=\"coffee-break\"")))
                    .singleElement()
                    .asString()
                    .contains("coffee-break");
            assertThat(ProcessRules.isNamedLikeItsFile(with("P3650D", "P30D"))).hasSize(1);
            assertThat(ProcessRules.isNamedLikeItsFile(with(" camunda:historyTimeToLive=\"P3650D\"", "")))
                    .hasSize(1);
            assertThat(ProcessRules.isNamedLikeItsFile(with("isExecutable=\"true\"", "isExecutable=\"false\"")))
                    .hasSize(1);
            assertThat(ProcessRules.isNamedLikeItsFile(with(" camunda:versionTag=\"1.0\"", "")))
                    .hasSize(1);
        }

        @Test
        void ids() {
            assertThat(ProcessRules.namesElementsByTheRules(with("\"pourTea\"", "\"Pour_Tea\"")))
                    .isNotEmpty();
            assertThat(ProcessRules.namesElementsByTheRules(with("end_TeaDrunk\"", "teaDrunk\"")))
                    .isNotEmpty();
            assertThat(ProcessRules.namesElementsByTheRules(with("gateway_TeaWanted\"", "Gateway_1\"")))
                    .isNotEmpty();
            assertThat(ProcessRules.namesElementsByTheRules(with("flow_pourTea_to_end_TeaDrunk", "Flow_1")))
                    .hasSize(1);
            assertThat(ProcessRules.namesElementsByTheRules(with("倒茶", "Pour tea")))
                    .containsExactly("pourTea has no Chinese name");
            assertThat(ProcessRules.namesElementsByTheRules(with("name=\"茶歇\"", "")))
                    .hasSize(1);
        }

        @Test
        void forms() {
            assertThat(ProcessRules.givesEachUserTaskAForm(with("", ""), Set.of()))
                    .containsExactly("forms/issue/askGuest.form is missing");
            assertThat(ProcessRules.givesEachUserTaskAForm(
                            with("formRef=\"askGuest\"", "formRef=\"askMe\""), Set.of("askGuest")))
                    .hasSize(1);
            assertThat(ProcessRules.givesEachUserTaskAForm(
                            with("formRefBinding=\"deployment\"", "formRefBinding=\"latest\""), Set.of("askGuest")))
                    .hasSize(1);
            assertThat(ProcessRules.sharesNoUserTaskId(List.of(with("", ""), with("", ""))))
                    .containsExactly("askGuest stands in 2 places");
        }

        @Test
        void scriptsListenersConnectorsFieldsAndPersons() {
            for (String code : List.of(
                    "<camunda:executionListener event=\"start\" expression=\"${x}\" />",
                    "<camunda:taskListener event=\"create\" class=\"X\" />",
                    "<camunda:connector />",
                    "<camunda:field name=\"text\" expression=\"${title}\" />",
                    "<camunda:inputOutput><camunda:inputParameter name=\"x\">${title}</camunda:inputParameter></camunda:inputOutput>",
                    "<camunda:in sourceExpression=\"${title}\" target=\"title\" />",
                    "<camunda:in businessKey=\"${title}\" />")) {
                assertThat(ProcessRules.holdsNoCode(with(
                                "camunda:formRefBinding=\"deployment\" />",
                                "camunda:formRefBinding=\"deployment\"><bpmn:extensionElements>" + code
                                        + "</bpmn:extensionElements></bpmn:userTask>")))
                        .as(code)
                        .isNotEmpty();
            }
            assertThat(ProcessRules.holdsNoCode(with("bpmn:serviceTask id", "bpmn:scriptTask id")))
                    .contains("holds a script");
            assertThat(ProcessRules.holdsNoCode(
                            with("camunda:formRef=", "camunda:candidateGroups=\"office\" camunda:formRef=")))
                    .containsExactly("uses the attribute camunda:candidateGroups");
            assertThat(ProcessRules.holdsNoCode(with("camunda:formRef=", "camunda:dueDate=\"${x}\" camunda:formRef=")))
                    .hasSize(1);
        }

        @Test
        void expressions() {
            assertThat(ProcessRules.holdsNoCode(with("${wanted == 'tea'}", "${order.wantsTea()}")))
                    .hasSize(1);
            assertThat(ProcessRules.holdsNoCode(with("${wanted == 'tea'}", "${''.getClass()}")))
                    .hasSize(1);
            assertThat(ProcessRules.holdsNoCode(with(
                            "xsi:type=\"bpmn:tFormalExpression\"",
                            "xsi:type=\"bpmn:tFormalExpression\" language=\"groovy\"")))
                    .hasSize(1);
            assertThat(ProcessRules.holdsNoCode(
                            with("teaBreakSteps.pourTea(caseNumber)", "teaBreakSteps.pour(caseNumber)")))
                    .containsExactly("pourTea calls a method of another name: pour");
            assertThat(ProcessRules.holdsNoCode(with("pourTea(caseNumber)", "pourTea(title)")))
                    .containsExactly("pourTea passes title");
            assertThat(ProcessRules.holdsNoCode(with(
                            "camunda:expression=\"${teaBreakSteps.pourTea(caseNumber)}\"",
                            "camunda:class=\"org.manyi.Tea\"")))
                    .contains("uses the attribute camunda:class");
        }

        @Test
        void beans() {
            assertThat(ProcessRules.callsOnlyBeansWithinReach(with("", "")))
                    .singleElement()
                    .asString()
                    .contains("teaBreakSteps");
        }

        @Test
        void calledModels() {
            ProcessModel caller = with(
                    "<bpmn:serviceTask id=\"pourTea\" name=\"倒茶\" camunda:expression=\"${teaBreakSteps.pourTea(caseNumber)}\" />",
                    "<bpmn:callActivity id=\"pourTea\" name=\"倒茶\" calledElement=\"pouring\" />");

            assertThat(ProcessRules.callsOnlyModelsWithinReach(caller, Map.of(), Map.of()))
                    .containsExactly("calls the process pouring, which is not shipped");
            assertThat(ProcessRules.callsOnlyModelsWithinReach(caller, Map.of("pouring", "notification"), Map.of()))
                    .containsExactly("calls the process pouring of the room notification, out of reach of issue");
            assertThat(ProcessRules.callsOnlyModelsWithinReach(caller, Map.of("pouring", "inbox"), Map.of()))
                    .isEmpty();
        }

        @Test
        void gateways() {
            assertThat(asked(with("要茶吗？", "茶"))).containsExactly("gateway_TeaWanted does not ask a question");
            assertThat(asked(with("name=\"不要\" ", "")))
                    .containsExactly("flow_gateway_TeaWanted_to_end_GuestLeft gives no answer");
            assertThat(asked(with(" default=\"flow_gateway_TeaWanted_to_end_GuestLeft\"", "")))
                    .contains("gateway_TeaWanted falls back to null, not to end_GuestLeft");
            assertThat(asked(with(
                            "default=\"flow_gateway_TeaWanted_to_end_GuestLeft\"",
                            "default=\"flow_gateway_TeaWanted_to_pourTea\"")))
                    .contains("gateway_TeaWanted falls back to pourTea, not to end_GuestLeft");
            assertThat(ProcessRules.asksAtGatewaysAndFallsBackSafely(with("", ""), Map.of()))
                    .containsExactly("gateway_TeaWanted is not in the table of safe branches");
            assertThat(asked(with("sourceRef=\"pourTea\"", "sourceRef=\"askGuest\"")))
                    .containsExactly("askGuest forks without a gateway");
        }

        private List<String> asked(ProcessModel model) {
            return ProcessRules.asksAtGatewaysAndFallsBackSafely(model, SAFE);
        }

        @Test
        void drawing() {
            assertThat(ProcessLayout.faults(with("bpmnElement=\"pourTea\"", "bpmnElement=\"askGuest\"")))
                    .containsExactly("pourTea is not drawn");
            assertThat(ProcessLayout.faults(with(
                            "<bpmndi:BPMNEdge id=\"e1\" bpmnElement=\"flow_start_BellRung_to_askGuest\"><di:waypoint x=\"36\" y=\"100\" /><di:waypoint x=\"100\" y=\"100\" /></bpmndi:BPMNEdge>",
                            "")))
                    .containsExactly("flow_start_BellRung_to_askGuest is not drawn");
            assertThat(ProcessLayout.faults(with("x=\"500\" y=\"82\"", "x=\"400\" y=\"82\"")))
                    .contains("end_TeaDrunk lies on pourTea");
            assertThat(ProcessLayout.faults(
                            with("<di:waypoint x=\"275\" y=\"200\" />", "<di:waypoint x=\"300\" y=\"180\" />")))
                    .contains("flow_gateway_TeaWanted_to_end_GuestLeft is slanted");
            assertThat(ProcessLayout.faults(
                            with("<di:waypoint x=\"36\" y=\"100\" />", "<di:waypoint x=\"60\" y=\"100\" />")))
                    .containsExactly("flow_start_BellRung_to_askGuest does not reach what it joins");
            assertThat(
                            ProcessLayout.faults(
                                    with(
                                            "<di:waypoint x=\"275\" y=\"125\" /><di:waypoint x=\"275\" y=\"200\" /><di:waypoint x=\"500\" y=\"200\" />",
                                            "<di:waypoint x=\"275\" y=\"75\" /><di:waypoint x=\"275\" y=\"70\" /><di:waypoint x=\"518\" y=\"70\" /><di:waypoint x=\"518\" y=\"182\" />")))
                    .contains("flow_gateway_TeaWanted_to_end_GuestLeft runs through pourTea");
            assertThat(
                            ProcessLayout.faults(
                                    with(
                                            "<di:waypoint x=\"275\" y=\"200\" />",
                                            "<di:waypoint x=\"275\" y=\"160\" /><di:waypoint x=\"60\" y=\"160\" /><di:waypoint x=\"60\" y=\"50\" /><di:waypoint x=\"230\" y=\"50\" /><di:waypoint x=\"230\" y=\"200\" />")))
                    .contains("flow_start_BellRung_to_askGuest crosses flow_gateway_TeaWanted_to_end_GuestLeft");
            assertThat(ProcessLayout.faults(with("x=\"315\" y=\"80\" width=\"14\"", "x=\"340\" y=\"80\" width=\"14\"")))
                    .containsExactly("the name of flow_gateway_TeaWanted_to_pourTea lies on pourTea");
            assertThat(ProcessLayout.faults(with("x=\"315\" y=\"180\"", "x=\"315\" y=\"193\"")))
                    .containsExactly(
                            "flow_gateway_TeaWanted_to_end_GuestLeft runs through the name of flow_gateway_TeaWanted_to_end_GuestLeft");
            assertThat(ProcessLayout.faults(with("x=\"315\" y=\"180\"", "x=\"320\" y=\"82\"")))
                    .contains(
                            "the names of flow_gateway_TeaWanted_to_end_GuestLeft and flow_gateway_TeaWanted_to_pourTea lie on one another");
        }

        @Test
        void tooManyElements() {
            String more = Stream.iterate(1, i -> i + 1)
                    .limit(ProcessRules.MOST_ELEMENTS)
                    .map(i -> "<bpmn:endEvent id=\"end_Other%d\" name=\"别的\" />".formatted(i))
                    .reduce("", String::concat);

            assertThat(ProcessRules.staysReadable(with("</bpmn:process>", more + "</bpmn:process>")))
                    .hasSize(1);
        }

        private ProcessModel with(String sound, String broken) {
            assertThat(SOUND).contains(sound);
            return ProcessModel.of("issue", "tea-break", sound.isEmpty() ? SOUND : SOUND.replace(sound, broken));
        }
    }

    /** Each rule against a small sound form with one thing broken. */
    @Nested
    class EachFormRuleCanFail {

        private static final String SOUND = """
                {"id": "askGuest", "type": "default", "executionPlatform": "Camunda Platform", "components": [
                  {"type": "radio", "id": "a", "key": "drink", "label": "喝什么", "values": [{"label": "茶", "value": "tea"}]},
                  {"type": "textfield", "id": "b", "key": "sort", "label": "哪一种", "validate": {"maxLength": 20},
                   "conditional": {"hide": "=drink != \\"tea\\""}},
                  {"type": "dynamiclist", "id": "c", "path": "cups", "label": "杯子", "components": [
                    {"type": "number", "id": "d", "key": "size", "label": "大小", "validate": {"min": 1, "max": 3}}]}]}
                """;
        private static final Map<String, String> CHINESE = Map.of(
                "form.askGuest.drink", "喝什么",
                "form.askGuest.drink.tea", "茶",
                "form.askGuest.sort", "哪一种",
                "form.askGuest.cups", "杯子",
                "form.askGuest.cups.size", "大小");

        @Test
        void theSoundFormBreaksNoRule() {
            FormModel sound = with("", "");

            assertThat(FormRules.isNamedLikeItsFile(sound)).isEmpty();
            assertThat(FormRules.usesOnlyWhatTheServerEnforces(sound)).isEmpty();
            assertThat(FormRules.hidesByFieldsThatExist(sound)).isEmpty();
            assertThat(FormRules.speaksBothLanguages(sound, CHINESE, CHINESE)).isEmpty();
            assertThat(FormRules.staleMessages(List.of(sound), CHINESE)).isEmpty();
        }

        @Test
        void components() {
            assertThat(FormRules.isNamedLikeItsFile(with("askGuest", "askHost")))
                    .hasSize(1);
            assertThat(FormRules.usesOnlyWhatTheServerEnforces(with("\"textfield\"", "\"html\"")))
                    .hasSize(1);
            assertThat(FormRules.usesOnlyWhatTheServerEnforces(with("\"id\": \"b\"", "\"id\": \"a\"")))
                    .hasSize(1);
            assertThat(FormRules.usesOnlyWhatTheServerEnforces(with("\"values\":", "\"valuesExpression\":")))
                    .hasSize(1);
            assertThat(FormRules.usesOnlyWhatTheServerEnforces(with("\"maxLength\": 20", "")))
                    .hasSize(1);
            assertThat(FormRules.usesOnlyWhatTheServerEnforces(with("\"min\": 1, ", "")))
                    .hasSize(1);
            assertThat(FormRules.usesOnlyWhatTheServerEnforces(with("=drink != \\\"tea\\\"", "=count(drinks) > 2")))
                    .hasSize(1);
            assertThat(FormRules.hidesByFieldsThatExist(with("=drink", "=food")))
                    .hasSize(1);
        }

        @Test
        void texts() {
            assertThat(FormRules.speaksBothLanguages(with("杯子", "cups"), CHINESE, CHINESE))
                    .hasSize(2);
            assertThat(FormRules.speaksBothLanguages(with("杯子", "杯子{{guest}}"), CHINESE, CHINESE))
                    .hasSize(2);
            assertThat(FormRules.speaksBothLanguages(with("", ""), CHINESE, Map.of()))
                    .hasSize(5);
            assertThat(FormRules.staleMessages(List.of(with("\"cups\"", "\"mugs\"")), CHINESE))
                    .containsExactly("form.askGuest.cups", "form.askGuest.cups.size");
        }

        private FormModel with(String sound, String broken) {
            assertThat(SOUND).contains(sound);
            return FormModel.of("issue", "askGuest", sound.isEmpty() ? SOUND : SOUND.replace(sound, broken));
        }
    }
}
