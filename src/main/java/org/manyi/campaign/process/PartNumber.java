package org.manyi.campaign.process;

/**
 * The number of a phase's parts, {@code 2026-ND-01.spring-surveys}, or of one school's, {@code 2026-ND-01.spring-surveys.S0001}.
 *
 * @param school null for the parts of all schools
 */
record PartNumber(String campaign, String phase, String school) {

    static PartNumber of(String number) {
        String[] parts = number.split("\\.", 3);
        return new PartNumber(parts[0], parts[1], parts.length < 3 ? null : parts[2]);
    }

    /** The number of a school's part of the same phase. */
    PartNumber ofSchool(String code) {
        return new PartNumber(campaign, phase, code);
    }

    @Override
    public String toString() {
        return campaign + "." + phase + (school == null ? "" : "." + school);
    }
}
