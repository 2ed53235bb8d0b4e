package org.manyi.issue.process;

/** The contract with {@code protected-matter.bpmn}. */
final class ProtectedMatter {

    static final String KEY = "protected-matter";

    static final String HANDLE_PROTECTED_MATTER = "handleProtectedMatter";

    /** String: the issue's number, equal to the business key. */
    static final String CASE_NUMBER = "caseNumber";

    /** The post of the confidential handler. */
    static final String HANDLER = "bureau:child-protection";

    private ProtectedMatter() {}
}
