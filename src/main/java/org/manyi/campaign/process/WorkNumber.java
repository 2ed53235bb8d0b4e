package org.manyi.campaign.process;

/**
 * The number of a piece of the year's work: {@code 2026-ND-01.node}, {@code …node-3} for the third time of a recurring one, and behind
 * a further point the unit's code or the post's key where there is one each.
 *
 * @param campaign never null
 * @param node never null
 * @param occurrence 0 but for recurring nodes
 * @param doer a unit's code or a post's key, null for the node's owner
 */
record WorkNumber(String campaign, String node, int occurrence, String doer) {

    /** The node of what a school has in its own ledger; no plan has a node of this id. */
    static final String LEDGER = "ledger";

    static WorkNumber of(String number) {
        String[] parts = number.split("\\.", 3);
        int dash = parts[1].indexOf('-');
        return new WorkNumber(
                parts[0],
                dash < 0 ? parts[1] : parts[1].substring(0, dash),
                dash < 0 ? 0 : Integer.parseInt(parts[1].substring(dash + 1)),
                parts.length < 3 ? null : parts[2]);
    }

    /** Of the campaign that a case number of ours belongs to. */
    static String campaignOf(String number) {
        int point = number.indexOf('.');
        return point < 0 ? number : number.substring(0, point);
    }

    /** Whether it is an item of a school's own ledger. */
    boolean isLedger() {
        return node.equals(LEDGER);
    }

    /** Whether a post does it and no unit. */
    boolean byPost() {
        return doer != null && doer.contains(":");
    }

    /** The unit that does it, null when none does. */
    String unit() {
        return byPost() ? null : doer;
    }

    /** The post that does it, null when the owner or a unit does. */
    String post() {
        return byPost() ? doer : null;
    }

    @Override
    public String toString() {
        return campaign + "." + node + (occurrence == 0 ? "" : "-" + occurrence) + (doer == null ? "" : "." + doer);
    }
}
