package vmlab.make;

/** Settings in the files of a node's /etc/conf.d, which shells there read: what stands in a value is never run. */
final class ServiceSettings {

    private ServiceSettings() {}

    /** {@code NAME='value'} and a line break. */
    static String line(String name, String value) {
        return name + "='" + value.replace("'", "'\\''") + "'\n";
    }
}
