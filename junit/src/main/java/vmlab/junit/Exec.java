package vmlab.junit;

/**
 * How a command ended.
 *
 * @param exit its exit status
 * @param out what it wrote to standard output
 * @param err what it wrote to standard error
 */
public record Exec(int exit, String out, String err) {

    /**
     * Its standard output, where it exited with 0.
     *
     * @return the text
     * @throws LabException where it did not
     */
    public String orThrow() {
        if (exit != 0) {
            throw new LabException("exit status " + exit + "\n" + err + out);
        }
        return out;
    }
}
