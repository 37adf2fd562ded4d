package vmlab.serve;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import vmlab.boot.BootConfig;
import vmlab.kube.KubeApi;
import vmlab.kube.storage.Provisioner;
import vmlab.net.Forward;
import vmlab.plan.LabFolder;
import vmlab.report.LivePage;
import vmlab.report.RunArchive;
import vmlab.report.RunHistory;
import vmlab.run.AtomicFile;
import vmlab.run.Event;
import vmlab.run.EventLog;
import vmlab.run.Scope;
import vmlab.site.Reach;
import vmlab.spec.Forwarding;

/**
 * What a lab's user has of the process that stands by it, wherever its machines are: volumes, ports, the live page.
 *
 * @param home the folder of all labs
 * @param reach the ways to the lab
 */
record UserSide(BootConfig config, Path home, Reach reach) {

    /** Serves volumes and ports until {@code scope} ends. */
    void serve(Scope scope, EventLog events) {
        scope.keep(Provisioner.start(this::api, new StateDisks(config, reach), config.storage()));
        OpenPorts open = scope.keep(new OpenPorts(config, reach, home, why -> note(why, events)));
        for (String port : config.ports()) {
            try {
                open.open(Forwarding.parse(port));
            } catch (IOException taken) {
                // Since the lab's start was checked.
                note(port + " is not forwarded: " + taken.getMessage(), events);
            }
        }
    }

    private static void note(String text, EventLog events) {
        events.emit(new Event.Noted(Instant.now(), "ports", text));
    }

    /** The cluster's API, once there is one: before that a look would be one handshake more for a node that is busy starting. */
    private Optional<KubeApi> api() {
        return Files.exists(reach.folder().kubeconfig()) ? Optional.of(KubeApi.of(reach.access())) : Optional.empty();
    }

    /** The report's live page, always: it costs nothing until somebody asks for it, which only {@code up --web} says how to. */
    static void servePage(BootConfig config, Path home, LabFolder folder, Scope scope) throws IOException {
        RunArchive archive = new RunArchive(home, config.lab());
        LivePage page = scope.keep(new LivePage(() -> RunHistory.read(archive, folder.eventLogs()), folder::serialLog));
        AtomicFile.write(folder.page(), page.port() + " " + page.path() + "\n");
        if (config.embedded()) {
            scope.keep(Forward.fromUnixSocket(folder.pageSocket(), "127.0.0.1", page.port()));
        }
    }
}
