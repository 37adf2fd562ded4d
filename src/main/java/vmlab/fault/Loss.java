package vmlab.fault;

import java.math.BigDecimal;
import vmlab.spec.InvalidValue;

/** A share of all frames. */
public record Loss(int permille) {

    private static final int ALL = 1000;

    /** Reads {@code 10%} or {@code 0.5%}. */
    public static Loss parse(String text) {
        if (text.matches("\\d{1,3}(\\.\\d)?%")) {
            int permille = new BigDecimal(text.substring(0, text.length() - 1))
                    .movePointRight(1)
                    .intValueExact();
            if (permille <= ALL) {
                return new Loss(permille);
            }
        }
        throw new InvalidValue("invalid loss '" + text + "'", "give a percentage, such as 10% or 0.5%");
    }

    boolean isAll() {
        return permille == ALL;
    }

    @Override
    public String toString() {
        return BigDecimal.valueOf(permille, 1).stripTrailingZeros().toPlainString() + "%";
    }
}
