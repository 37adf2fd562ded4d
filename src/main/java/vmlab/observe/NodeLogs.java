package vmlab.observe;

import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import vmlab.diagnose.Source;

/**
 * What a node's own kernel and logs say, asked in one command: a login costs an emulated guest more than all of it. k0s's logs lie on the
 * state disk and go back to the first boot; what counts is what they say since the service was last started.
 */
final class NodeLogs {

    /** How {@code run-k0s} marks in k0s's logs where the service was started, by a boot or by hand. */
    static final String START = "-- lab: k0s service started at ";

    private static final String PART = "== lab: ";
    private static final List<String> K0S = List.of("/var/log/k0s.log", "/var/log/k0s.err");
    private static final String PROVISION = "/var/log/provision.log";

    /** For a shell on the node. */
    static final String SCRIPT = """
            df -P /state 2>/dev/null | awk 'NR == 2 { print "disk /state " $5 " used" }'
            df -Pi /state 2>/dev/null | awk 'NR == 2 && $5 == "100%%" { print "disk /state 100%% of its inodes used" }'
            echo "clock $(date +%%s)"
            grep -E '^Mem(Total|Available)' /proc/meminfo
            grep -qs ':192B 0*:0000 0A' /proc/net/tcp /proc/net/tcp6 && echo 'port 6443 listens'
            dmesg 2>/dev/null | grep -E 'Killed process|EXT4-fs error|I/O error' | tail -n 5
            [ ! -s /run/lab/k0s-starts ] || for log in %s; do
                echo "%s$log"
                tail -c 40000 "$log" 2>/dev/null
            done
            echo "%s%s"
            tail -c 40000 %s 2>/dev/null
            """.formatted(String.join(" ", K0S), PART, PART, PROVISION, PROVISION);

    private NodeLogs() {}

    /** The text of each source in what the script wrote. */
    static Map<Source, String> parse(String stdout) {
        Map<Source, String> texts = new EnumMap<>(Source.class);
        for (String part : (PART + "\n" + stdout).split("(?m)^" + PART)) {
            String log = part.lines().findFirst().orElse("").strip();
            String text = part.substring(Math.min(part.length(), log.length()));
            if (log.isEmpty()) {
                texts.merge(Source.NODE, text.strip(), NodeLogs::joined);
            } else if (log.equals(PROVISION)) {
                texts.put(Source.PROVISION, text.strip());
            } else {
                texts.merge(Source.K0S, sinceStart(text).strip(), NodeLogs::joined);
            }
        }
        return texts;
    }

    /** A log without what was written before the last start; all of it where no mark is in it, for then it is all of one. */
    private static String sinceStart(String log) {
        int mark = log.lastIndexOf("\n" + START);
        int end = mark < 0 ? -1 : log.indexOf('\n', mark + 1);
        return mark < 0 ? log : end < 0 ? "" : log.substring(end);
    }

    /** The time of day on the node when it wrote that. */
    static Optional<Instant> clock(String stdout) {
        return stdout.lines()
                .filter(line -> line.matches("clock [0-9]{1,12}"))
                .findFirst()
                .map(line -> Instant.ofEpochSecond(Long.parseLong(line.substring("clock ".length()))));
    }

    private static String joined(String one, String other) {
        return (one + "\n" + other).strip();
    }
}
