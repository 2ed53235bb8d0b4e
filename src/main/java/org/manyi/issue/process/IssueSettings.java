package org.manyi.issue.process;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The limits of the loop, in working days unless said otherwise (domain rules B2, B5), and the settings of its pages.
 *
 * @param firstContactHours clock hours for the first contact with the reporter
 * @param triageDays for the department to decide
 * @param signDays for the unit to sign or return
 * @param decideReturnDays for the department to decide on a return
 * @param askReporterDays for the office to ask the reporter what triage wants to know
 * @param decideResponsibilityDays for the leader to decide whose an issue is that is returned again and again
 * @param returns how returns by units are dealt with
 * @param decideExtensionDays for the department to decide on more time
 * @param verifyDays for the inspection team
 * @param callDays for each call back
 * @param callAttempts after so many calls without an answer the issue goes on
 * @param approveDays for the leader
 * @param limitDays of a round where triage set none
 * @param maxLimitDays the longest limit that triage may set
 * @param repeatDays the longest limit of a round after the first
 * @param maxExtensionDays by how much a round may be extended in all
 * @param maxShelvedDays how many calendar days ahead the review of a shelved issue may lie
 * @param decideShelvingDays for a leader to decide on putting a round on the shelf
 * @param reviewShelvedDays for the department to review what is on the shelf
 * @param reportMonths every how many months a long-term issue is reported on where triage chose nothing else: 1 is monthly, 3 quarterly
 * @param maxReportMonths the most that triage may choose
 * @param decideStageDays for the department to decide whether a stage is complete
 * @param recurrenceCheckDay the calendar day after closure on which recurrence is checked
 * @param recurrenceCheckDays for that check
 * @param protectedHours clock hours for the confidential handler
 * @param duplicateDays for how many calendar days a closed issue counts as a possible duplicate
 * @param duplicateLikeness from which likeness, 0 to 1, two issues are shown as possible duplicates
 * @param exportHours for how many clock hours an approved ledger with reporters in clear may be downloaded
 * @param office the department that keeps contact with reporters and stands in where another may not act
 * @param supervision the department that hands verifications over and verifies where no team may
 */
@ConfigurationProperties("manyi.issue")
record IssueSettings(
        @DefaultValue("24") int firstContactHours,
        @DefaultValue("1") int triageDays,
        @DefaultValue("2") int signDays,
        @DefaultValue("1") int decideReturnDays,
        @DefaultValue("2") int askReporterDays,
        @DefaultValue("2") int decideResponsibilityDays,
        @DefaultValue Returns returns,
        @DefaultValue("1") int decideExtensionDays,
        @DefaultValue("3") int verifyDays,
        @DefaultValue("1") int callDays,
        @DefaultValue("3") int callAttempts,
        @DefaultValue("2") int approveDays,
        @DefaultValue("5") int limitDays,
        @DefaultValue("60") int maxLimitDays,
        @DefaultValue("5") int repeatDays,
        @DefaultValue("10") int maxExtensionDays,
        @DefaultValue("180") int maxShelvedDays,
        @DefaultValue("2") int decideShelvingDays,
        @DefaultValue("2") int reviewShelvedDays,
        @DefaultValue("1") int reportMonths,
        @DefaultValue("12") int maxReportMonths,
        @DefaultValue("3") int decideStageDays,
        @DefaultValue("28") int recurrenceCheckDay,
        @DefaultValue("5") int recurrenceCheckDays,
        @DefaultValue("24") int protectedHours,
        @DefaultValue("90") int duplicateDays,
        @DefaultValue("0.65") double duplicateLikeness,
        @DefaultValue("72") int exportHours,
        @DefaultValue("office") String office,
        @DefaultValue("dudao") String supervision) {

    /**
     * Returns by units.
     *
     * @param most with how many returns a leader decides whose the issue is
     */
    record Returns(@DefaultValue("2") int most) {}
}
