package vmlab.suite.immutable;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What a node has mounted, in the order in which it was mounted; read from {@code /proc/self/mountinfo} (proc(5)). */
record Mounts(List<Mount> all) {

    /**
     * One of them.
     *
     * @param device {@code major:minor}; the same for a bind mount as for what it shows
     * @param point where it is seen
     */
    record Mount(String device, String point, List<String> options, String type, String source) {

        boolean isReadOnly() {
            return options.contains("ro");
        }

        @Override
        public String toString() {
            return point + " (" + type + " of " + source + ", " + (isReadOnly() ? "ro" : "rw") + ")";
        }
    }

    static Mounts parse(String mountinfo) {
        return new Mounts(mountinfo.lines().flatMap(Mounts::mount).toList());
    }

    private static Stream<Mount> mount(String line) {
        // 36 35 98:0 /root /point rw,noatime shared:1 - ext4 /dev/vda rw: before the dash comes any number of fields.
        String[] halves = line.split(" - ", 2);
        String[] left = halves[0].split(" ");
        if (halves.length < 2 || left.length < 6) {
            return Stream.empty();
        }
        String[] right = halves[1].split(" ");
        return Stream.of(
                new Mount(left[2], left[4].replace("\\040", " "), List.of(left[5].split(",")), right[0], right[1]));
    }

    /** What is mounted at exactly this place; the last, where several lie on each other. */
    Optional<Mount> at(String point) {
        return all.stream().filter(mount -> mount.point().equals(point)).reduce((_, later) -> later);
    }

    /** What is mounted at or below {@code folder}. */
    List<Mount> within(String folder) {
        return all.stream()
                .filter(mount -> mount.point().equals(folder) || mount.point().startsWith(folder + "/"))
                .toList();
    }
}
