package vmlab.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import vmlab.plan.LabFolder;
import vmlab.site.Access;
import vmlab.site.Identity;
import vmlab.site.LabLock;
import vmlab.site.Site;
import vmlab.snapshot.CreateSnapshot;
import vmlab.snapshot.DiskSnapshot;
import vmlab.snapshot.RestoreSnapshot;
import vmlab.snapshot.Snapshots;
import vmlab.spec.Bytes;
import vmlab.spec.Specs;

/** {@code lab snapshot}. */
@Command(
        name = "snapshot",
        subcommands = {
            SnapshotCommand.Create.class,
            SnapshotCommand.ListThem.class,
            SnapshotCommand.Restore.class,
            SnapshotCommand.Remove.class
        },
        description = "Take and restore snapshots of a running lab, memory and disks; on KubeVirt disks alone.",
        footer = {
            "",
            "Examples:",
            "  lab snapshot create single before",
            "  lab snapshot restore single before",
            "  lab snapshot restore single golden    as it was when it became Ready"
        })
final class SnapshotCommand {

    /** The snapshot that a command is about. */
    static final class Chosen {

        @Parameters(
                arity = "1..2",
                paramLabel = "[LAB] SNAPSHOT",
                hideParamSyntax = true,
                description = "The lab, by default the one of ./cluster.yaml, and the snapshot's name.")
        private List<String> words = List.of();

        private String lab() {
            return Target.of(words.size() == 1 ? ClusterFile.USUAL : words.getFirst())
                    .name();
        }

        private String name() {
            return words.getLast();
        }
    }

    @Command(name = "create", description = "Take a snapshot; the lab's nodes pause for some seconds.")
    static final class Create implements Callable<Integer> {

        @Mixin
        private Chosen chosen;

        @Override
        public Integer call() throws InterruptedException {
            return NamedLab.perform(chosen.lab(), site -> new CreateSnapshot(site, chosen.name()));
        }
    }

    @Command(name = "list", description = "List a lab's snapshots.")
    static final class ListThem implements Callable<Integer> {

        @Mixin
        private Target target;

        @Mixin
        private Output output;

        @Override
        public Integer call() {
            List<Snapshots.Saved> all = all(target.name());
            if (output.isJson()) {
                output.json(all);
            } else if (all.isEmpty()) {
                output.line("no snapshots");
            } else {
                Table table = new Table("NAME", "MADE", "NODES", "SIZE");
                all.forEach(kept -> table.row(
                        kept.name(),
                        Output.seconds(kept.made()),
                        kept.nodes().size(),
                        kept.bytes() == 0 ? "-" : new Bytes(kept.bytes())));
                output.text(table.toString());
            }
            return 0;
        }
    }

    @Command(
            name = "restore",
            description = "Go back to a snapshot, in seconds; what nodes wrote to their disks since is lost.")
    static final class Restore implements Callable<Integer> {

        @Mixin
        private Chosen chosen;

        @Override
        public Integer call() throws InterruptedException {
            return NamedLab.perform(chosen.lab(), site -> new RestoreSnapshot(site, chosen.name()));
        }
    }

    @Command(name = "rm", description = "Remove a snapshot; the lab goes on.")
    static final class Remove implements Callable<Integer> {

        @Mixin
        private Chosen chosen;

        @Override
        public Integer call() throws IOException {
            String lab = chosen.lab();
            LabFolder folder = folder(lab);
            if (isElsewhere(folder)) {
                Site site = Surroundings.ofThisProcess().siteOf(lab);
                try (var engine = site.engine()) {
                    new DiskSnapshot(site, engine.diskSnapshots().orElseThrow(), chosen.name()).remove(lab);
                }
                return 0;
            }
            try (LabLock held = LabLock.take(Surroundings.ofThisProcess().home(), lab)) {
                new Snapshots(folder).remove(chosen.name());
            }
            return 0;
        }
    }

    private static List<Snapshots.Saved> all(String lab) {
        LabFolder folder = folder(lab);
        if (!isElsewhere(folder)) {
            return new Snapshots(folder).all();
        }
        try (var engine = Surroundings.ofThisProcess().siteOf(lab).engine()) {
            return DiskSnapshot.all(engine.diskSnapshots().orElseThrow(), lab);
        }
    }

    /** Its snapshots are then where its disks are. */
    private static boolean isElsewhere(LabFolder folder) {
        return Identity.read(folder).filter(its -> !Identity.isHere(its.uri())).isPresent();
    }

    /** The folder of a lab that is there. */
    private static LabFolder folder(String lab) {
        LabFolder folder = LabFolder.of(Surroundings.ofThisProcess().home(), lab);
        if (!Specs.isName(lab) || !Files.exists(folder.identity())) {
            throw Access.notUp(lab);
        }
        return folder;
    }
}
