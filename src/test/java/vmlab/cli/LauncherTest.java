package vmlab.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where {@code scripts/lab} starts which command: a copy of it with a java that only says what it was started with. */
class LauncherTest {

    @TempDir
    Path folder;

    private int exit;

    @BeforeEach
    void aLauncherWhoseJavaOnlySpeaks() throws IOException {
        Path scripts = Files.createDirectories(folder.resolve("scripts"));
        for (String script : List.of("lab", "await.bash", "jdk.bash", "environment.bash", "libvirt.bash")) {
            Files.copy(Path.of("scripts", script), scripts.resolve(script));
        }
        program(scripts.resolve("lab"), Files.readString(scripts.resolve("lab")));
        program(scripts.resolve("host"), """
                #!/bin/sh
                home=${LAB_HOME##*/}
                echo "host $2 $LAB_CONNECT${LAB_FORK:+ fork $LAB_FORK}$([ $home = home ] || echo " in $home")"
                [ "$LAB_FORK" ] || [ -z "$LAB_FORKS" ] || printf '%s\\n' demo-1 demo-2 >"$LAB_FORKS"
                """);
        Path bin = Files.createDirectories(folder.resolve("jdk/bin"));
        program(bin.resolve("java"), "#!/bin/sh\necho \"java $LAB_CONNECT asked=$LAB_CONNECT_ASKED\"\n");
        program(bin.resolve("javac"), "");
        Files.writeString(folder.resolve("jdk/release"), "JAVA_VERSION=\"25\"\n");
        Files.createDirectories(folder.resolve("target"));
        Files.writeString(folder.resolve("target/lab.jar"), "");
        Files.writeString(folder.resolve("target/lab.jsa"), "");
        Files.setLastModifiedTime(folder.resolve("target/lab.jar"), FileTime.fromMillis(1_000_000));
    }

    private static void program(Path file, String text) throws IOException {
        Files.writeString(file, text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private void labAt(String uri) throws IOException {
        Path lab = Files.createDirectories(folder.resolve("home/labs/single"));
        Files.writeString(lab.resolve("lab.json"), "{\n  \"name\" : \"single\",\n  \"uri\" : \"" + uri + "\"\n}\n");
    }

    private String lab(String... arguments) throws IOException, InterruptedException {
        List<String> command =
                new ArrayList<>(List.of(folder.resolve("scripts/lab").toString()));
        command.addAll(List.of(arguments));
        return said(command.toArray(String[]::new));
    }

    private String said(String... command) throws IOException, InterruptedException {
        ProcessBuilder lab =
                new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
        lab.environment().put("JAVA_HOME", folder.resolve("jdk").toString());
        lab.environment().put("LAB_HOME", folder.resolve("home").toString());
        lab.environment().put("LIBVIRT_DEFAULT_URI", "qemu+tcp://answers.today/system");
        lab.environment().remove("LAB_EMBEDDED");
        Process process = lab.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        exit = process.waitFor();
        return said.strip();
    }

    /** What the launcher's java sees, with this said by bash before. */
    private String seen(String before) throws IOException, InterruptedException {
        labAt("qemu:///system");
        program(folder.resolve("jdk/bin/java"), "#!/bin/sh\nenv | sort\n");
        return said("bash", "-c", before + "\nscripts/lab status single");
    }

    /** Java is a shell here that says what its signals are set to: of 1 to 15, those that are ignored. */
    @Test
    void javaHeedsSignalsWhereItTakesTheLaunchersPlace() throws IOException, InterruptedException {
        program(folder.resolve("scripts/host"), "#!/bin/sh\nexit 69\n");
        program(folder.resolve("jdk/bin/java"), "#!/bin/sh\ngrep SigIgn /proc/self/status\n");

        String said = said("scripts/lab", "--connect", "embedded", "list");

        long ignored = Long.parseUnsignedLong(said.replaceAll(".*\\s", ""), 16);
        for (int signal : new int[] {2, 3, 15}) {
            assertThat(ignored & 1L << signal - 1)
                    .as("signal " + signal + " of " + said)
                    .isZero();
        }
    }

    @Test
    void whoWaitsForALabStartsTheHostThatItWillBeIn() throws IOException, InterruptedException {
        assertThat(lab("--connect", "embedded", "capture", "--wait", "single", "cp"))
                .isEqualTo("host --start embedded");
        assertThat(lab("--connect", "embedded", "capture", "single", "cp")).isEqualTo("host --try embedded");
    }

    @Test
    @org.junit.jupiter.api.Timeout(30)
    void aLargeFileIsNotSearchedForMinutes() throws IOException, InterruptedException {
        labAt("qemu:///system");
        String comments = "# a comment that goes on for a while, as those of generated files do\n".repeat(13_000);
        Files.writeString(folder.resolve("late.yaml"), "apiVersion: lab/v1\n" + comments + "name: 'single'\n");
        assertThat(lab("plan", "late.yaml")).isEqualTo("java qemu:///system asked=");
        byte[] bytes = new byte[3_000_000];
        new java.util.Random(7).nextBytes(bytes);
        Files.write(folder.resolve("image.yaml"), bytes);
        assertThat(lab("plan", "image.yaml")).startsWith("java qemu+tcp");
    }

    @Test
    void aLabInAClusterIsAskedForFromHere() throws IOException, InterruptedException {
        Files.writeString(folder.resolve("far.yaml"), "name: far\nengine:\n  kubevirt: {}\n");
        Files.writeString(folder.resolve("far.json"), "{\"name\": \"far\", \"engine\": {\"kubevirt\": {}}}\n");
        Files.writeString(folder.resolve("near.yaml"), "name: near\nk0s:\n  config:\n    engine: x\n");

        assertThat(lab("up", "far.yaml")).isEqualTo("java kubevirt: asked=");
        assertThat(lab("plan", "far.json")).startsWith("java kubevirt: asked=");
        assertThat(lab("up", "near.yaml")).startsWith("java qemu+tcp");
        assertThat(lab("up", "near.yaml", "--engine", "kubevirt", "--context", "staging"))
                .isEqualTo("java kubevirt:staging asked=kubevirt:staging");
        assertThat(lab("plan", "near.yaml", "--context=staging"))
                .isEqualTo("java kubevirt:staging asked=kubevirt:staging");
        assertThat(lab("list", "--connect", "kubevirt:staging"))
                .isEqualTo("java kubevirt:staging asked=kubevirt:staging");
    }

    @Test
    void theServerForAgentsIsInNoHostWhateverItsToolsAskFor() throws IOException, InterruptedException {
        assertThat(lab("mcp", "--connect", "embedded")).isEqualTo("java none asked=embedded");
    }

    @Test
    void doctorIsToldWhyThatLibvirtWasChosen() throws IOException, InterruptedException {
        program(folder.resolve("jdk/bin/java"), "#!/bin/sh\necho \"$LAB_CONNECT: $LAB_CONNECT_WHY\"\n");

        assertThat(lab("doctor")).isEqualTo("qemu+tcp://answers.today/system: LIBVIRT_DEFAULT_URI names it");
        assertThat(lab("doctor", "--connect", "x:///y")).isEqualTo("x:///y: --connect asks for it");
    }

    @Test
    void noVariableOfTheShellsGitsOrJavasHasAnyEffect() throws Exception {
        Files.createDirectories(folder.resolve("elsewhere/scripts"));
        Files.writeString(folder.resolve("noise"), "echo noise; exit 9\n");

        assertThat(seen("""
                        export CDPATH=$PWD/elsewhere JAVA_TOOL_OPTIONS=-XX:+UseG1GC JDK_JAVA_OPTIONS=-x _JAVA_OPTIONS=-x
                        export BASH_ENV=$PWD/noise GIT_DIR=/x GREP_OPTIONS=-v TAR_OPTIONS=-v POSIXLY_CORRECT=1
                        export LC_CTYPE=UTF-8 LANG=de_DE.UTF-8 TMPDIR=/gone http_proxy=http://p:1
                        cd() { echo my own; }; export -f cd
                        set -o noglob; export SHELLOPTS
                        """))
                .contains("LAB_HOME=", "LC_ALL=C.UTF-8", "HTTP_PROXY=http://p:1")
                .doesNotContain(
                        "noise", "my own", "CDPATH", "_OPTIONS", "GIT_DIR", "POSIX", "LANG=", "TMPDIR", "SHELLOPTS");
    }

    /** bash says so itself before it reads a line of the script. */
    @Test
    void aLanguageThatIsNotInstalledIsNotComplainedOf() throws Exception {
        assertThat(said("env", "LC_ALL=xx_XX.UTF-8", "scripts/lab", "--version"))
                .doesNotContain("warning");
    }

    @Test
    void withoutAHomeThePasswordFilesIsTaken() throws Exception {
        String home = System.getProperty("user.home");

        assertThat(seen("unset HOME")).contains("\nHOME=" + home + "\n");
        assertThat(seen("export HOME=")).contains("\nHOME=" + home + "\n");
    }

    @Test
    void nobodyElseMayWriteWhatIsMadeWhateverTheUmask() throws Exception {
        labAt("qemu:///system");
        program(folder.resolve("jdk/bin/java"), "#!/bin/sh\numask\n");

        assertThat(said("bash", "-c", "umask 000; scripts/lab status single")).isEqualTo("0002");
        assertThat(said("bash", "-c", "umask 027; scripts/lab status single")).isEqualTo("0027");
    }

    @Test
    void aForkIsInAHomeOfItsOwnWhichGoesWithIt() throws Exception {
        Path home = folder.resolve("home/forks/demo-1");
        Path lab = Files.createDirectories(home.resolve("labs/demo-1"));
        Files.writeString(lab.resolve("lab.json"), "{\"uri\" : \"embedded\"}");

        assertThat(lab("status", "demo-1")).isEqualTo("host --try embedded in demo-1");
        assertThat(lab("snapshot", "create", "demo-1", "x")).isEqualTo("host --try embedded in demo-1");
        assertThat(lab("down", "demo-1")).isEqualTo("host --try embedded in demo-1");
        assertThat(home).as("its lab is there still").exists();

        program(folder.resolve("scripts/host"), "#!/bin/sh\nrm -r \"$LAB_HOME/labs/demo-1\"\n");
        lab("down", "demo-1");
        assertThat(home.getParent()).doesNotExist();
    }

    @Test
    void forksArePreparedWhereTheLabIsAndStartedEachInItsOwnHost() throws Exception {
        labAt("embedded");

        assertThat(lab("fork", "single/before", "--count", "2").lines())
                .startsWith("host --try embedded")
                .containsExactlyInAnyOrder(
                        "host --try embedded",
                        "host --start embedded fork demo-1 in demo-1",
                        "host --start embedded fork demo-2 in demo-2");
    }

    @Test
    void aCommandOnANodeMayEndWithAnyStatus() throws Exception {
        labAt("embedded");
        for (int status : new int[] {7, 69, 75}) {
            program(folder.resolve("scripts/host"), """
                    #!/bin/sh
                    [ $1 = run ] || exit 0
                    echo ran
                    exit %d
                    """.formatted(status));
            assertThat(lab("ssh", "single", "--", "false")).isEqualTo("ran");
            assertThat(lab("exec", "--connect", "embedded", "--", "false")).isEqualTo("ran");
            assertThat(exit).isEqualTo(status);
        }
        program(folder.resolve("scripts/host"), "#!/bin/sh\n[ $1 = status ] && exit 1 || exit 69\n");
        assertThat(lab("ssh", "single")).as("no host runs").isEqualTo("java none asked=");
    }

    @Test
    void aLabIsSoughtWhereItsFolderSaysWhateverElseAnswersToday() throws Exception {
        labAt("embedded");
        Files.writeString(folder.resolve("cluster.yaml"), "apiVersion: lab/v1\nname: single # ours\nnodse: [");

        assertThat(lab("down", "single")).isEqualTo("host --try embedded");
        assertThat(lab("down", "cluster.yaml")).isEqualTo("host --try embedded");
        assertThat(lab("down")).isEqualTo("host --try embedded");
        assertThat(lab("start", "single")).isEqualTo("host --start embedded");
        labAt("qemu:///system");
        assertThat(lab("status", "single")).isEqualTo("java qemu:///system asked=");
        assertThat(lab("ssh", "w1")).as("a node of cluster.yaml's lab").isEqualTo("java qemu:///system asked=");
        assertThat(lab("status", "another")).isEqualTo("java qemu+tcp://answers.today/system asked=");
        assertThat(lab("list")).isEqualTo("java qemu+tcp://answers.today/system asked=");
    }

    @Test
    void theNameIsReadOfAFileThatIsNoUtf8OrBeginsWithAByteOrderMark() throws Exception {
        labAt("embedded");
        Path file = folder.resolve("cluster.yaml");

        Files.writeString(file, "# für uns\nname: single # \u00e4\n", StandardCharsets.ISO_8859_1);
        assertThat(lab("down")).isEqualTo("host --try embedded");
        Files.writeString(file, "\uFEFFname: single\n");
        assertThat(lab("down")).isEqualTo("host --try embedded");
        Files.writeString(file, "name: single\n\0");
        assertThat(lab("down")).isEqualTo("host --try embedded");
    }

    @Test
    void aFileThatIsCalledLikeALabHidesItFromNoCommandThatTakesNames() throws Exception {
        labAt("embedded");
        Files.writeString(folder.resolve("single"), "name: another\n");
        Files.writeString(folder.resolve("mine"), "name: single\n");

        assertThat(lab("down", "single")).isEqualTo("host --try embedded");
        assertThat(lab("down", "mine")).isEqualTo("host --try embedded");
        assertThat(lab("down", "./single")).as("the file").isEqualTo("java qemu+tcp://answers.today/system asked=");
        assertThat(lab("up", "single")).as("the file").isEqualTo("java qemu+tcp://answers.today/system asked=");
        assertThat(lab("plan", "mine")).as("the file").isEqualTo("host --try embedded");
    }

    @Test
    void leftoversAreSoughtWhereAllFoldersSayOrWhereOneAsks() throws Exception {
        assertThat(lab("gc")).as("no lab").isEqualTo("java qemu+tcp://answers.today/system asked=");
        labAt("embedded");
        assertThat(lab("gc", "--dry-run")).isEqualTo("host --try embedded");
        assertThat(lab("gc", "--connect", "qemu:///system")).isEqualTo("java qemu:///system asked=qemu:///system");

        Path other = Files.createDirectories(folder.resolve("home/labs/other"));
        Files.writeString(other.resolve("lab.json"), "{\"uri\" : \"qemu:///system\"}");
        assertThat(lab("gc")).as("two of them").isEqualTo("java qemu+tcp://answers.today/system asked=");
    }

    @Test
    void theValueOfAnOptionIsNoLabAlsoWhereOneIsCalledLikeIt() throws Exception {
        labAt("qemu:///system");

        assertThat(lab("logs", "--node", "single", "another")).startsWith("java qemu+tcp://answers.today/system");
        assertThat(lab("bundle", "-f", "single", "another")).startsWith("java qemu+tcp://answers.today/system");
        assertThat(lab("upgrade", "another", "single")).startsWith("java qemu+tcp://answers.today/system");
        assertThat(lab("logs", "-f", "single", "--node", "cp")).isEqualTo("java qemu:///system asked=");
    }

    @Test
    void theLauncherKnowsWhichOptionsHaveAValue() throws Exception {
        StringBuilder script = new StringBuilder("eval \"$(sed -n '/^takes_value()/,/^}/p' scripts/lab)\"\n");
        List<String> valued = new ArrayList<>();
        Main.commandLine().getSubcommands().forEach((command, line) -> line.getCommandSpec().options().stream()
                .filter(option -> !option.usageHelp() && !option.versionHelp())
                .forEach(option -> Stream.of(option.names()).forEach(name -> {
                    script.append("command=%1$s; takes_value %2$s && echo '%1$s %2$s'\n".formatted(command, name));
                    if (option.arity().min() > 0 && !name.equals("--connect")) {
                        valued.add(command + " " + name);
                    }
                })));

        String known = said("bash", "-c", "cd '" + Path.of("").toAbsolutePath() + "'\n" + script + "true");

        assertThat(valued).contains("logs --node", "bundle -f").doesNotContain("logs -f");
        assertThat(known.lines()).containsExactlyInAnyOrderElementsOf(valued);
    }

    @Test
    void noHostIsStartedForAHomeThatCannotBeUsedAndJavaSaysSo() throws Exception {
        assertThat(lab("--connect", "embedded", "up")).isEqualTo("host --start embedded");
        Files.writeString(folder.resolve("home"), "");

        assertThat(lab("--connect", "embedded", "up")).isEqualTo("java none asked=embedded");
        Files.delete(folder.resolve("home"));
        Files.createSymbolicLink(folder.resolve("home"), folder.resolve("gone"));
        assertThat(lab("--connect", "embedded", "start", "single")).isEqualTo("java none asked=embedded");
    }

    @Test
    void anotherHypervisorThatIsAskedForIsToldToJavaWhichRefusesIt() throws Exception {
        labAt("embedded");

        assertThat(lab("--connect", "test:///default", "down", "single")).isEqualTo("java none asked=test:///default");
        assertThat(lab("down", "single", "--connect=embedded")).isEqualTo("host --try embedded");
        assertThat(lab("up", "another", "--connect", "test:///default"))
                .isEqualTo("java test:///default asked=test:///default");
    }

    @Test
    void aWorkingFolderThatIsGoneIsNoReasonToStop() throws Exception {
        labAt("qemu:///system");
        Path gone = Files.createDirectories(folder.resolve("gone"));
        program(folder.resolve("jdk/bin/java"), "#!/bin/sh\necho \"java $LAB_CONNECT in $(/bin/pwd)\"\n");
        Path from = folder.resolve("from-nowhere");
        program(
                from,
                "#!/bin/sh\ncd '%1$s' && rmdir '%1$s' && exec '%2$s' down single\n"
                        .formatted(gone, folder.resolve("scripts/lab")));

        assertThat(said(from.toString())).endsWith("java qemu:///system in /");
    }

    @Test
    void aLabIsFoundByTheNameInJsonToo() throws IOException, InterruptedException {
        labAt("test:///mine");
        Path file = folder.resolve("cluster.yaml");
        for (String text : List.of(
                "{\"nodes\": [{\"name\": \"cp\", \"labels\": {\"name\": \"x\"}}], \"name\" : \"single\"}",
                "{nodes: [{name: cp, role: single}], name: single}",
                "{\n  \"name\": \"single\",\n  \"nodes\": [{\"name\": \"cp\"}]\n}\n",
                "apiVersion: lab/v1\n\"name\": single\nnodes:\n  - name: cp\n",
                "nodes:\n  - name: cp\n'name' : 'single'\n")) {
            Files.writeString(file, text);
            assertThat(lab("status", "cluster.yaml")).as(text).isEqualTo("java test:///mine asked=");
        }
    }
}
