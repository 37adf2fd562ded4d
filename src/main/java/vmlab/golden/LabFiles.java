package vmlab.golden;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import vmlab.plan.LabFolder;
import vmlab.plan.NodePlan;
import vmlab.plan.Plan;
import vmlab.run.LabFailure;
import vmlab.run.PrivateFiles;
import vmlab.run.Program;

/** The part of a lab's folder that a golden lab keeps: what the nodes have been told, and what is on their disks. */
record LabFiles(Plan plan, LabFolder folder) {

    private static final Duration LIMIT = Duration.ofMinutes(5);

    /** Copies them into {@code to}. */
    void save(Path to) throws IOException, InterruptedException {
        PrivateFiles.folder(to);
        copy(present(), to);
    }

    /** Copies them back out of {@code from}. */
    void lay(Path from) throws IOException, InterruptedException {
        try (Stream<Path> kept = Files.list(from)) {
            copy(kept.toList(), folder.path());
        }
    }

    private List<Path> present() {
        Path key = folder.sshKey();
        List<Path> files = new ArrayList<>(List.of(
                key,
                key.resolveSibling(key.getFileName() + ".pub"),
                folder.knownHosts(),
                folder.pki(),
                folder.joinToken(),
                folder.controllerToken(),
                folder.ownKubeconfig(),
                folder.kubeconfig()));
        for (NodePlan node : plan.nodes()) {
            Path host = folder.hostKey(node.name());
            files.addAll(List.of(
                    folder.stateDisk(node.name()),
                    folder.configDisk(node.name()),
                    host,
                    host.resolveSibling(host.getFileName() + ".pub")));
        }
        return files.stream().filter(Files::exists).toList();
    }

    /** With holes where there are holes, and without copying where the file system can share blocks. */
    static void copy(List<Path> files, Path into) throws IOException, InterruptedException {
        List<String> command =
                new ArrayList<>(List.of("cp", "-a", "--sparse=auto", "--reflink=auto", "-t", into.toString(), "--"));
        files.forEach(file -> command.add(file.toString()));
        say(command);
    }

    /** What a folder takes where it lies, in bytes. */
    static long used(Path folder) throws IOException, InterruptedException {
        return Long.parseLong(say(List.of("du", "-s", "-B1", folder.toString())).split("\\s")[0]);
    }

    private static String say(List<String> command) throws IOException, InterruptedException {
        Program.Said said = new Program(new ProcessBuilder(command), LIMIT).run();
        if (!said.isWell()) {
            throw LabFailure.machine(
                    command.getFirst() + " failed", said.text(), "see whether there is room, with df -h");
        }
        return said.text();
    }
}
