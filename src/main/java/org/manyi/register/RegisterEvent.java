package org.manyi.register;

import java.time.Instant;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.Map;
import org.manyi.shared.CaseEvent;

/** News of the registers, published in the transaction that changes them. No words that somebody typed are told. */
public sealed interface RegisterEvent extends CaseEvent {

    /** A meeting was entered. */
    record MeetingEntered(Instant at, String actor, String caseNumber) implements RegisterEvent {
        @Override
        public String objectType() {
            return "meeting";
        }
    }

    /** A meeting's title, day, place, kind or node was changed. */
    record MeetingChanged(Instant at, String actor, String caseNumber) implements RegisterEvent {
        @Override
        public String objectType() {
            return "meeting";
        }
    }

    /** A meeting's minutes were written. */
    record MinutesWritten(Instant at, String actor, String caseNumber) implements RegisterEvent {
        @Override
        public String objectType() {
            return "meeting";
        }
    }

    /** A unit was put on the agenda. */
    record SpeechAdded(Instant at, String actor, String caseNumber, String unit) implements RegisterEvent {
        @Override
        public String objectType() {
            return "meetingSpeech";
        }

        @Override
        public Map<String, Object> detail() {
            return Map.of("unit", unit);
        }
    }

    /** What a unit says was written. */
    record SpeechWritten(Instant at, String actor, String caseNumber) implements RegisterEvent {
        @Override
        public String objectType() {
            return "meetingSpeech";
        }
    }

    /** A unit was moved forward on the agenda. */
    record SpeechMoved(Instant at, String actor, String caseNumber) implements RegisterEvent {
        @Override
        public String objectType() {
            return "meetingSpeech";
        }
    }

    /** A unit was taken off the agenda. */
    record SpeechWithdrawn(Instant at, String actor, String caseNumber) implements RegisterEvent {
        @Override
        public String objectType() {
            return "meetingSpeech";
        }
    }

    /** News of what a meeting gave to do; each has its row in the task's history too. */
    sealed interface TaskNews extends RegisterEvent {
        @Override
        default String objectType() {
            return "meetingTask";
        }
    }

    /**
     * Something was given to a unit to do.
     *
     * @param due by when
     */
    record MeetingTaskGiven(Instant at, String actor, String caseNumber, String unit, LocalDate due)
            implements TaskNews {
        @Override
        public Map<String, Object> detail() {
            return Map.of("unit", unit, "dueDate", due.toString());
        }
    }

    /**
     * It was handed in.
     *
     * @param late whether after its day
     */
    record MeetingTaskHandedIn(Instant at, String actor, String caseNumber, boolean late) implements TaskNews {
        @Override
        public Map<String, Object> detail() {
            return Map.of("late", late);
        }
    }

    /** It was sent back to be done again. */
    record MeetingTaskReturned(Instant at, String actor, String caseNumber) implements TaskNews {}

    /** The department that gave it found it done. */
    record MeetingTaskConfirmed(Instant at, String actor, String caseNumber) implements TaskNews {}

    /** A leader entered a call or a visit. */
    record VisitEntered(Instant at, String actor, String caseNumber, String school) implements RegisterEvent {
        @Override
        public String objectType() {
            return "leaderVisit";
        }

        @Override
        public Map<String, Object> detail() {
            return Map.of("school", school);
        }
    }

    /**
     * A leader corrected an entry; what it said before is kept.
     *
     * @param version the version that holds now
     */
    record VisitCorrected(Instant at, String actor, String caseNumber, int version) implements RegisterEvent {
        @Override
        public String objectType() {
            return "leaderVisit";
        }

        @Override
        public Map<String, Object> detail() {
            return Map.of("version", version);
        }
    }

    /** A class's group was entered or changed; {@code caseNumber} is the school's code. */
    record ClassGroupSaved(Instant at, String actor, String caseNumber, ClassGroups.ClassGroup group)
            implements RegisterEvent {
        @Override
        public String objectType() {
            return "classGroup";
        }

        @Override
        public Map<String, Object> detail() {
            return detailOf(group);
        }
    }

    /** A class's group was taken off the register, with what it said; {@code caseNumber} is the school's code. */
    record ClassGroupRemoved(Instant at, String actor, String caseNumber, ClassGroups.ClassGroup group)
            implements RegisterEvent {
        @Override
        public String objectType() {
            return "classGroup";
        }

        @Override
        public Map<String, Object> detail() {
            return detailOf(group);
        }
    }

    private static Map<String, Object> detailOf(ClassGroups.ClassGroup group) {
        Map<String, Object> detail = new LinkedHashMap<>();
        detail.put("className", group.className());
        detail.put("channel", group.channel().code());
        detail.put("members", group.members());
        detail.put("families", group.families());
        detail.put("regularised", group.regularised());
        if (group.regularisedOn() != null) {
            detail.put("regularisedOn", group.regularisedOn().toString());
        }
        return detail;
    }

    /** A school said how many families it has in a year; {@code caseNumber} is its code. */
    record FamiliesSaved(Instant at, String actor, String caseNumber, int year, int families) implements RegisterEvent {
        @Override
        public String objectType() {
            return "publicity";
        }

        @Override
        public Map<String, Object> detail() {
            return Map.of("year", year, "families", families);
        }
    }

    /** A school entered that it made the survey line known. */
    record PublicityEntered(Instant at, String actor, String caseNumber, Publicity.Entry entry)
            implements RegisterEvent {
        @Override
        public String objectType() {
            return "publicity";
        }

        @Override
        public Map<String, Object> detail() {
            return detailOf(entry);
        }
    }

    /** A school took such an entry back, with what it said. */
    record PublicityRemoved(Instant at, String actor, String caseNumber, Publicity.Entry entry)
            implements RegisterEvent {
        @Override
        public String objectType() {
            return "publicity";
        }

        @Override
        public Map<String, Object> detail() {
            return detailOf(entry);
        }
    }

    private static Map<String, Object> detailOf(Publicity.Entry entry) {
        return Map.of(
                "day", entry.day().toString(),
                "means", entry.means().code(),
                "reached", entry.reached(),
                "template", entry.template());
    }
}
