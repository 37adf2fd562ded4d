package vmlab.suite;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.time.Duration;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;
import vmlab.run.Reading;
import vmlab.run.Reading.NotYet;
import vmlab.run.Reading.Ready;
import vmlab.run.Run;
import vmlab.ssh.CommandResult;
import vmlab.ssh.SshSession;

/** The members of etcd as k0s on one controller lists them, which asks its own member: one that does not keep up does not answer. */
record EtcdMembers(TestedLab lab, String controller) {

    private static final Duration PACE = Duration.ofSeconds(2);

    /** Waits until all of {@code wanted} are among them, and says who is. */
    String await(Collection<String> wanted, Run run, Duration limit) throws InterruptedException {
        try (SshSession ssh = run.await(controller, "SSH", limit).every(PACE).until(this::login)) {
            return run.await(controller, "all members of etcd", limit)
                    .every(PACE)
                    .until(() -> look(ssh.run("k0s etcd member-list", Duration.ofMinutes(1)), wanted));
        }
    }

    private Reading<SshSession> login() throws InterruptedException {
        return lab.site().ssh(lab.folder(), controller, lab.address(controller)).login(Duration.ofSeconds(20));
    }

    /** What it means: {@code {"members":{"cp1":"https://10.77.0.11:2380"}}}. */
    static Reading<String> look(CommandResult said, Collection<String> wanted) {
        if (said.exit() != 0) {
            return new NotYet<>("k0s etcd member-list: " + said.lastLines(1));
        }
        try {
            Set<String> names = new TreeSet<>();
            new JsonMapper()
                    .readTree(said.stdout())
                    .path("members")
                    .fieldNames()
                    .forEachRemaining(names::add);
            return names.containsAll(wanted)
                    ? new Ready<>("etcd has " + String.join(", ", names))
                    : new NotYet<>("etcd has only " + String.join(", ", names));
        } catch (JsonProcessingException error) {
            return new NotYet<>("k0s etcd member-list: " + error.getOriginalMessage());
        }
    }
}
