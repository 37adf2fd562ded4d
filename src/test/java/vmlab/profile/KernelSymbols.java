package vmlab.profile;

import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/** The functions of a running kernel and its modules, as its {@code /proc/kallsyms} has them. */
public final class KernelSymbols {

    /** Types of nm(1) that are code. */
    private static final String CODE = "tTwW";

    /** Farther behind its begin no function reaches; what is there is in a gap between the kernel and its modules. */
    private static final long LONGEST = 1 << 16;

    private final NavigableMap<Long, Symbol> symbols;

    private record Symbol(String name, boolean isCode) {}

    private KernelSymbols(NavigableMap<Long, Symbol> symbols) {
        this.symbols = symbols;
    }

    /**
     * Reads {@code ffffffff81000000 T _stext} and {@code ffffffffc0401000 t nft_do_chain [nf_tables]}. Of several names for one address the
     * first is taken. What is not in the upper half of the address space, where the kernel is, does not count: offsets of per-processor
     * variables, and the zeros in the place of all addresses where {@code kernel.kptr_restrict} hides them.
     */
    public static KernelSymbols parse(String kallsyms) {
        NavigableMap<Long, Symbol> symbols = new TreeMap<>();
        kallsyms.lines()
                .map(line -> line.split("\\s+"))
                .filter(it -> it.length >= 3)
                .forEach(it -> {
                    long address = Long.parseUnsignedLong(it[0], 16);
                    if (isOfTheKernel(address)) {
                        boolean code = CODE.contains(it[1]);
                        symbols.merge(
                                address,
                                new Symbol(it.length > 3 ? it[2] + " " + it[3] : it[2], code),
                                (first, other) -> first.isCode() || !code ? first : other);
                    }
                });
        return new KernelSymbols(symbols);
    }

    /** The function that has this address in it; empty for data, for gaps, and for what is no part of the kernel. */
    public Optional<String> function(long address) {
        if (!isOfTheKernel(address)) {
            return Optional.empty();
        }
        Map.Entry<Long, Symbol> below = symbols.floorEntry(address);
        return Optional.ofNullable(below)
                .filter(it -> it.getValue().isCode() && address - it.getKey() < LONGEST)
                .map(it -> it.getValue().name());
    }

    /** Whether no address is known at all. */
    public boolean isEmpty() {
        return symbols.isEmpty();
    }

    /** The upper half: as signed numbers, these are the negative ones, and in the same order. */
    private static boolean isOfTheKernel(long address) {
        return address < 0;
    }
}
