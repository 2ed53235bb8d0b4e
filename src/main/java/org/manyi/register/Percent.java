package org.manyi.register;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** Parts of a whole as people read them. */
final class Percent {

    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    private Percent() {}

    /** In per cent with two decimals, halves up; null of nothing. */
    static BigDecimal of(long part, long whole) {
        return whole == 0
                ? null
                : BigDecimal.valueOf(part).multiply(HUNDRED).divide(BigDecimal.valueOf(whole), 2, RoundingMode.HALF_UP);
    }
}
