package vmlab.observe;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import vmlab.diagnose.Diagnosis;
import vmlab.diagnose.Evidence;
import vmlab.diagnose.EvidenceFile;
import vmlab.diagnose.Source;
import vmlab.plan.Inventory;
import vmlab.plan.LabFolder;
import vmlab.run.Environment;
import vmlab.run.Event;
import vmlab.run.EventLog;
import vmlab.run.LabFailure;
import vmlab.run.Printable;
import vmlab.run.PrivateFiles;
import vmlab.run.Program;
import vmlab.site.Build;
import vmlab.site.FolderTree;
import vmlab.site.Site;
import vmlab.site.Version;

/** Everything that tells how a lab fared, in one {@code .tar.zst} to be passed on: no key, token or password is in it. */
public final class Bundle {

    private static final Duration LIMIT = Duration.ofMinutes(10);

    private final LabFolder folder;
    private final Secrets secrets;
    private final Path stage;
    private final List<String> left = new ArrayList<>();

    private Bundle(LabFolder folder, Path stage) {
        this.folder = folder;
        this.secrets = Secrets.of(folder);
        this.stage = stage;
    }

    /**
     * Writes the bundle of a lab that is up.
     *
     * @return its size in bytes
     */
    public static long write(Site site, String lab, Path file) throws InterruptedException {
        Inventory found = site.inventory(lab);
        Screens screens = Screens.of(site, found.domains());
        return write(site.folder(lab), file, bundle -> {
            bundle.add(
                    "versions.txt",
                    "lab %s, build %s\n%s\nJava %s\n"
                            .formatted(
                                    Version.TEXT,
                                    Build.ofThisProgram(),
                                    String.join("\n", site.engine().versions()),
                                    Runtime.version()));
            bundle.add("inventory.txt", found.toString().replace("], ", "],\n"));
            for (Inventory.NetworkFound network : found.networks()) {
                bundle.add(network.name() + ".xml", site.engine().networks().describe(network.name()));
            }
            for (Inventory.DomainFound domain : found.domains()) {
                bundle.add(domain.name() + ".xml", site.engine().machines().describe(domain.name()));
            }
            bundle.addScreens(screens);
        });
    }

    /** Writes the bundle of a lab that is gone, from what was kept of it. */
    public static long write(LabFolder folder, Path file) throws InterruptedException {
        return write(folder, file, bundle -> {});
    }

    private static long write(LabFolder folder, Path file, java.util.function.Consumer<Bundle> more)
            throws InterruptedException {
        try {
            Path stage = Files.createTempDirectory("lab-bundle");
            try {
                Bundle bundle = new Bundle(folder, stage);
                bundle.addFolder(folder.path(), "");
                bundle.addFolder(folder.evidence(), "kept.");
                bundle.addEvidence();
                bundle.addRequests();
                bundle.addSpec();
                more.accept(bundle);
                bundle.addIndex();
                pack(stage, file);
            } finally {
                FolderTree.delete(stage);
            }
            return Files.size(file);
        } catch (IOException error) {
            throw new UncheckedIOException(error);
        }
    }

    /** Logs, events, descriptions and pictures of consoles by their endings: what is not known to be harmless stays out. */
    private void addFolder(Path from, String prefix) throws IOException {
        if (!Files.isDirectory(from)) {
            return;
        }
        try (Stream<Path> files = Files.list(from)) {
            for (Path one : files.toList()) {
                String name = one.getFileName().toString();
                if (name.matches(".*\\.(log|jsonl|xml)")) {
                    add(prefix + name, new String(Files.readAllBytes(one), StandardCharsets.UTF_8));
                } else if (name.endsWith(LabFolder.screenshot(""))) {
                    addBytes(prefix + name, Files.readAllBytes(one));
                }
            }
        }
    }

    private void addSpec() throws IOException {
        Path spec = Files.exists(folder.spec())
                ? folder.spec()
                : folder.evidence().resolve(folder.spec().getFileName());
        if (Files.exists(spec)) {
            add("cluster.yaml", Files.readString(spec));
        }
    }

    private void addScreens(Screens screens) {
        screens.pictures().forEach(this::addBytes);
        screens.missing().forEach((file, why) -> left.add(file + ": " + why));
    }

    /** What is in here, with sizes, and what one may look for in vain. */
    private void addIndex() throws IOException {
        try (Stream<Path> files = Files.list(stage)) {
            List<String> lines = new ArrayList<>(List.of("Secrets were replaced by " + Secrets.PUT + ".", ""));
            for (Path file : files.sorted().toList()) {
                lines.add(String.format(Locale.ROOT, "%9d  %s", Files.size(file), file.getFileName()));
            }
            left.forEach(line -> lines.add("     none  " + line));
            add("index.txt", String.join("\n", lines) + "\n");
        }
    }

    private void addEvidence() {
        List<Evidence> all = EvidenceFile.read(folder.evidence());
        for (Evidence evidence : all) {
            for (Source source : evidence.texts().keySet()) {
                if (!evidence.text(source).isBlank()) {
                    add(
                            "%s.%s.txt".formatted(evidence.node(), source.name().toLowerCase(java.util.Locale.ROOT)),
                            evidence.text(source));
                }
            }
        }
        if (!all.isEmpty()) {
            add(
                    "diagnosis.txt",
                    DiagnosisText.of(all.stream().map(Diagnosis::of).toList()) + "\n");
        }
    }

    private void addRequests() {
        List<Event> events = EventLog.read(folder.events());
        add("http.log", lines(events, Event.Served.class));
        add("dhcp.log", lines(events, Event.Leased.class));
        add("plan.txt", lines(events, Event.Planned.class));
    }

    private static String lines(List<Event> events, Class<? extends Event> kind) {
        return events.stream().filter(kind::isInstance).map(EventText::of).collect(Collectors.joining("\n", "", "\n"));
    }

    private void add(String name, String text) {
        addBytes(name, Printable.text(secrets.hiddenIn(text)).getBytes(StandardCharsets.UTF_8));
    }

    private void addBytes(String name, byte[] bytes) {
        try {
            Files.write(stage.resolve(name), bytes);
        } catch (IOException error) {
            throw new UncheckedIOException(error);
        }
    }

    private static void pack(Path stage, Path file) throws IOException, InterruptedException {
        // For tar to write into: what it makes itself, all may read.
        PrivateFiles.write(file, "");
        Program tar = new Program(
                Environment.process(
                        "tar", "--zstd", "-cf", file.toAbsolutePath().toString(), "-C", stage.toString(), "."),
                LIMIT);
        Program.Said said = tar.run();
        if (!said.isWell()) {
            throw LabFailure.machine(
                    "the bundle could not be packed", said.text(), "install tar and zstd (scripts/setup does)");
        }
    }
}
