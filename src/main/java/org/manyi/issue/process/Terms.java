package org.manyi.issue.process;

/**
 * What an inspection's ledger says of a demand beside who puts it right by when (domain rule B7); each null where nobody named it.
 *
 * @param basis the standard, document or demand that it rests on, at most {@link #LONGEST} characters
 * @param goal what shall be reached, at most {@link #LONGEST} characters
 * @param leader the name of the leader in charge, at most {@link #LONGEST_NAME} characters
 */
record Terms(String basis, String goal, String leader) {

    static final int LONGEST = 500;
    static final int LONGEST_NAME = 50;

    /** Nobody named anything. */
    static final Terms NONE = new Terms(null, null, null);
}
