package vmlab.report;

/**
 * How much room a node gets in the chart: plenty where there are few, a line where there are a hundred.
 *
 * @param row from one node to the next
 * @param ghost the height of the previous run's bars; 0: not shown
 * @param texts whether bars carry words, and nodes a second line
 */
record RowHeights(int row, int bar, int ghost, boolean texts) {

    /** What the command's own phases get. */
    static final RowHeights PHASES = new RowHeights(48, 20, 0, true);

    static RowHeights of(int nodes) {
        if (nodes <= 16) {
            return new RowHeights(50, 22, 6, true);
        }
        return nodes <= 40 ? new RowHeights(28, 15, 4, false) : new RowHeights(17, 11, 0, false);
    }
}
