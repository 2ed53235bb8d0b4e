package org.manyi.inbox.web;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import java.util.List;
import org.manyi.inbox.Colleague;
import org.manyi.inbox.Question;
import org.manyi.inbox.Questions;
import org.manyi.security.CurrentUsers;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Asking a colleague about a task by API. */
@RestController
@RequestMapping("/api/v1/tasks/{id}")
@Tag(name = "Tasks")
class QuestionApi {

    private final Questions questions;
    private final CurrentUsers users;

    QuestionApi(Questions questions, CurrentUsers users) {
        this.questions = questions;
        this.users = users;
    }

    /**
     * A question.
     *
     * @param username who is asked
     * @param question 2 to 1000 characters
     */
    record Asking(
            @Schema(example = "staff001") String username,
            @Schema(example = "护学岗的人手够不够，请提个意见") String question) {}

    /**
     * An opinion, or why there is none.
     *
     * @param outcome answered or declined
     * @param text 2 to 2000 characters
     */
    record Answering(
            @Schema(example = "answered") String outcome,
            @Schema(example = "早上够，下午还差一人") String text) {}

    @Operation(
            summary = "Whom one may ask about a task or mention in a remark on it",
            description =
                    "The people of one's own units and those who have a part in the case; of these who may see it, by name.")
    @GetMapping("/colleagues")
    List<Colleague> colleagues(@PathVariable String id) {
        return questions.colleagues(id, users.require());
    }

    @Operation(summary = "What colleagues were asked about a task, oldest first")
    @GetMapping("/questions")
    List<Question> questions(@PathVariable String id) {
        return questions.of(id, users.require());
    }

    @Operation(
            summary = "Ask a colleague for an opinion",
            description =
                    "By who has the task, which stays his; one colleague at a time. 409 question-open while another is asked, 422 for"
                            + " somebody who is none of the colleagues.")
    @PostMapping("/delegate")
    @ResponseStatus(HttpStatus.CREATED)
    Question delegate(@PathVariable String id, @Valid @RequestBody Asking asking) {
        return questions.ask(id, asking.username(), asking.question(), users.require());
    }

    @Operation(summary = "Answer what one is asked about a task, or say why not")
    @PostMapping("/resolve")
    Question resolve(@PathVariable String id, @Valid @RequestBody Answering answering) {
        return questions.answer(
                id, Question.State.of(answering.outcome()).orElse(null), answering.text(), users.require());
    }

    @Operation(
            summary = "Take a question back",
            description = "By who has the task. 409 not-active when nobody is asked any more.")
    @PostMapping("/recall")
    Question recall(@PathVariable String id) {
        return questions.recall(id, users.require());
    }
}
