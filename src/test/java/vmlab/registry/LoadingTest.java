package vmlab.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.Pipe;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vmlab.run.LabFailure;
import vmlab.run.Run;
import vmlab.spec.ImageName;

class LoadingTest {

    private static final String NAME = "registry.example/app:1";
    private static final Run RUN = new Run(event -> {});

    @TempDir
    Path folder;

    private ContainerStore store;

    @BeforeEach
    void makeStore() {
        store = new ContainerStore(folder.resolve("cache"));
    }

    private List<StoredImage> load(Path path) throws InterruptedException {
        return new Loading(store, Optional.empty()).load(path.toString(), InputStream.nullInputStream(), RUN);
    }

    private List<StoredImage> load(InputStream stdin) throws InterruptedException {
        return new Loading(store, Optional.empty()).load("-", stdin, RUN);
    }

    private void assertRefused(Path path, String why) {
        assertThatThrownBy(() -> load(path)).isInstanceOfSatisfying(LabFailure.class, failure -> {
            assertThat(failure.kind()).isEqualTo(LabFailure.Kind.INPUT);
            assertThat(failure.why()).contains(why);
        });
        assertThat(store.list()).isEmpty();
        assertNothingIsOnItsWay();
    }

    private void assertNothingIsOnItsWay() {
        assertThat(folder.resolve("cache/containers/incoming")).isEmptyDirectory();
    }

    private String content(StoredImage image) throws IOException {
        Manifest manifest =
                store.manifest(BlobDigest.parse(image.digest()).orElseThrow()).orElseThrow();
        return Files.readString(store.blob(manifest.layers().getFirst().digest()));
    }

    @Test
    void anOciLayoutIsTakenAsItIs() throws Exception {
        MadeImage made = MadeImage.of("hello");

        assertThat(load(made.layout(folder.resolve("layout"), Optional.of(NAME))))
                .singleElement()
                .satisfies(image -> {
                    assertThat(image.name()).isEqualTo(NAME);
                    assertThat(image.digest()).isEqualTo(made.digest().toString());
                    assertThat(content(image)).isEqualTo("hello");
                });
        assertNothingIsOnItsWay();
    }

    @Test
    void anArchiveMayBeCompressedAndComeFromStdin() throws Exception {
        Path tar = MadeImage.tar(MadeImage.of("hello").layout(folder.resolve("layout"), Optional.of(NAME)));
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            Files.copy(tar, gzip);
        }

        assertThat(load(new ByteArrayInputStream(packed.toByteArray())))
                .extracting(StoredImage::name)
                .containsExactly(NAME);
    }

    @Test
    void whatDockerSavesGetsTheSameManifestEachTime() throws Exception {
        Path saved = MadeImage.tar(MadeImage.of("hello").dockerSaved(folder.resolve("saved"), "app:1", "app:latest"));

        List<StoredImage> first = load(saved);

        assertThat(first)
                .extracting(StoredImage::name)
                .containsExactly("docker.io/library/app:1", "docker.io/library/app:latest");
        assertThat(content(first.getFirst())).isEqualTo("hello");
        assertThat(load(saved)).isEqualTo(first);
    }

    @Test
    void ofAnIndexOnlyTheNodesPlatformIsTakenAndTheIndexStaysAsItIs() throws Exception {
        MadeImage ours = MadeImage.of("ours");
        Map<String, MadeImage> all = Map.of("linux/amd64", ours, "linux/arm64", MadeImage.of("theirs", "arm64"));

        List<StoredImage> loaded = load(MadeImage.layoutOfIndex(folder.resolve("layout"), NAME, all, List.of(ours)));

        assertThat(loaded).singleElement().satisfies(image -> assertThat(image.digest())
                .isEqualTo(BlobDigest.of(MadeImage.index(all)).toString()));
        assertThat(store.manifest(ours.digest())).isPresent();
    }

    @Test
    void anImageOfAnotherArchitectureIsRefusedAndItsArchitectureNamed() throws Exception {
        assertRefused(
                MadeImage.of("hello", "arm64").layout(folder.resolve("layout"), Optional.of(NAME)),
                "it is for linux/arm64 and not for linux/amd64");
    }

    @Test
    void anArtifactIsNoImageAndAnImageThatNamesNoArchitectureIsOne() throws Exception {
        assertRefused(
                MadeImage.of("chart", "", "application/vnd.cncf.helm.config.v1+json")
                        .layout(folder.resolve("chart"), Optional.of(NAME)),
                "it is an artifact of another kind: its configuration is of type application/vnd.cncf.helm");

        assertThat(load(MadeImage.of("files", "").layout(folder.resolve("layout"), Optional.of(NAME))))
                .hasSize(1);
    }

    @Test
    void anIndexWithoutTheNodesPlatformIsRefused() throws Exception {
        MadeImage other = MadeImage.of("hello", "riscv64");

        assertRefused(
                MadeImage.layoutOfIndex(folder.resolve("layout"), NAME, Map.of("linux/riscv64", other), List.of(other)),
                "it is for linux/riscv64 and not for linux/amd64");
    }

    @Test
    void aStoreThatCannotBeIsNotBlamedOnTheArchive() throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "");
        Path layout = MadeImage.of("hello").layout(folder.resolve("layout"), Optional.of(NAME));

        for (Path cache : List.of(file, Path.of("/proc/none"))) {
            Loading loading = new Loading(new ContainerStore(cache), Optional.empty());
            assertThatThrownBy(
                            () -> loading.load(layout.toString(), InputStream.nullInputStream(), new Run(event -> {})))
                    .isInstanceOfSatisfying(LabFailure.class, failure -> {
                        assertThat(failure.kind()).isEqualTo(LabFailure.Kind.MACHINE);
                        assertThat(failure)
                                .hasMessageContaining("the store of container images can't be used: " + cache);
                        assertThat(failure.next()).contains("LAB_CACHE=FOLDER");
                    });
        }
    }

    @Test
    void anArchiveThatIsCutIsRefused() throws Exception {
        Path tar =
                MadeImage.tar(MadeImage.of("hello ".repeat(5000)).layout(folder.resolve("layout"), Optional.of(NAME)));
        byte[] whole = Files.readAllBytes(tar);
        Files.write(tar, Arrays.copyOf(whole, whole.length / 2));

        assertRefused(tar, "cut or damaged");
        assertThatThrownBy(() -> load(tar)).isInstanceOfSatisfying(LabFailure.class, failure -> assertThat(
                        failure.why().split("Unexpected EOF", -1))
                .hasSizeLessThanOrEqualTo(2));
    }

    @Test
    void aGzipThatIsCutIsRefused() throws Exception {
        Path tar = MadeImage.tar(MadeImage.of("hello").layout(folder.resolve("layout"), Optional.of(NAME)));
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            Files.copy(tar, gzip);
        }
        Files.write(tar, Arrays.copyOf(packed.toByteArray(), packed.size() / 2));

        assertRefused(tar, "cut or damaged");
    }

    @Test
    void alteredContentIsRefused() throws Exception {
        MadeImage made = MadeImage.of("hello");
        Path layout = made.layout(folder.resolve("layout"), Optional.of(NAME));
        Files.writeString(
                layout.resolve("blobs/sha256/" + BlobDigest.of(made.layer()).hex()), "hallo");

        assertRefused(layout, "cut or altered");
        assertRefused(
                alteredLayer(MadeImage.of("hello").dockerSaved(folder.resolve("saved"), "app:1")), "cut or altered");
    }

    @Test
    void aPackedLayerOfDockersMustBeTheOneThatItsConfigurationSays() throws Exception {
        Path saved = MadeImage.of("hello").dockerSaved(folder.resolve("saved"), "app:1");
        Path layer = saved.resolve("layer/layer.tar");
        Files.write(layer, packed("hallo"));
        assertRefused(MadeImage.tar(saved), "its layer 1 is not the one that its configuration says");

        Files.write(layer, Arrays.copyOf(packed("hello"), 12));
        assertRefused(MadeImage.tar(saved), "a layer of it can't be unpacked");

        Files.write(layer, packed("hello"));
        assertThat(load(MadeImage.tar(saved))).hasSize(1);
    }

    private static byte[] packed(String text) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
        }
        return packed.toByteArray();
    }

    @Test
    void ofSeveralImagesTheOneThatIsNoneIsNamed() throws Exception {
        MadeImage good = MadeImage.of("good");
        Path saved = good.dockerSaved(folder.resolve("saved"), "good:1");
        Files.write(saved.resolve("other.json"), MadeImage.of("good", "arm64").config());
        Files.write(
                saved.resolve("manifest.json"),
                MadeImage.json(List.of(
                        Map.of(
                                "Config",
                                "config.json",
                                "RepoTags",
                                List.of("good:1"),
                                "Layers",
                                List.of("layer/layer.tar")),
                        Map.of(
                                "Config",
                                "other.json",
                                "RepoTags",
                                List.of("bad:1"),
                                "Layers",
                                List.of("layer/layer.tar")))));

        assertRefused(saved, "of its images docker.io/library/bad:1: it is for linux/arm64");
    }

    @Test
    void aConfigurationLargerThanAnyIsNotRead() throws Exception {
        assertRefused(
                MadeImage.of("hello", "a".repeat(Manifest.LARGEST)).layout(folder.resolve("layout"), Optional.of(NAME)),
                "larger than any");
    }

    @Test
    void anInterruptionEndsALoadFromStdinAsOne() throws Exception {
        Pipe pipe = Pipe.open();
        pipe.sink().write(ByteBuffer.wrap(new byte[] {0, 0, 0}));
        CompletableFuture<Throwable> thrown = new CompletableFuture<>();
        Thread loader = Thread.ofPlatform().start(() -> {
            try {
                load(Channels.newInputStream(pipe.source()));
                thrown.complete(new AssertionError("loaded"));
            } catch (Throwable error) {
                thrown.complete(error);
            }
        });

        loader.interrupt();

        assertThat(thrown.get(30, TimeUnit.SECONDS)).isInstanceOf(InterruptedException.class);
        assertNothingIsOnItsWay();
    }

    private static Path alteredLayer(Path saved) throws IOException, InterruptedException {
        Files.writeString(saved.resolve("layer/layer.tar"), "hallo");
        return MadeImage.tar(saved);
    }

    @Test
    void contentThatIsMissingIsNamed() throws Exception {
        MadeImage made = MadeImage.of("hello");
        Path layout = made.layout(folder.resolve("layout"), Optional.of(NAME));
        String layer = BlobDigest.of(made.layer()).hex();
        Files.delete(layout.resolve("blobs/sha256/" + layer));

        assertRefused(layout, layer);
    }

    @Test
    void whatIsNoImageIsRefused() throws Exception {
        Path tar = MadeImage.tar(Files.createDirectories(folder.resolve("empty")));
        Path text = Files.writeString(folder.resolve("text.tar"), "no archive at all");

        assertRefused(tar, "it holds no image");
        assertRefused(text, "it is no tar archive");
    }

    @Test
    void aLinkInAnArchiveLeadsNowhereElse() throws Exception {
        Path secret = Files.writeString(folder.resolve("secret"), "hello");
        Path saved = MadeImage.of("hello").dockerSaved(folder.resolve("saved"), "app:1");
        Files.delete(saved.resolve("layer/layer.tar"));
        Files.createSymbolicLink(saved.resolve("layer/layer.tar"), secret);

        assertRefused(MadeImage.tar(saved), "layer/layer.tar, which is not in it");
    }

    @Test
    void aFolderWithoutALayoutIsNoNameOfAnImage() throws Exception {
        Path empty = Files.createDirectories(folder.resolve("empty"));

        assertThatThrownBy(() -> load(empty))
                .isInstanceOfSatisfying(
                        LabFailure.class, failure -> assertThat(failure.why()).contains("holds no image"));
        Path here = Path.of("src");
        assertThatThrownBy(() -> load(here))
                .isInstanceOfSatisfying(LabFailure.class, failure -> assertThat(failure.why())
                        .isEqualTo("it is a folder without an OCI layout: it has no index.json"));
    }

    @Test
    void anImageWithoutANameIsToldTheOption() throws Exception {
        Path layout = MadeImage.of("hello").layout(folder.resolve("layout"), Optional.empty());

        assertThatThrownBy(() -> load(layout)).isInstanceOfSatisfying(LabFailure.class, failure -> {
            assertThat(failure.what()).isEqualTo(layout + " has no name");
            assertThat(failure.next()).contains("--name");
        });
        assertThat(new Loading(store, Optional.of(ImageName.parse(NAME)))
                        .load(layout.toString(), InputStream.nullInputStream(), RUN))
                .extracting(StoredImage::name)
                .containsExactly(NAME);
    }

    @Test
    void aFileThatIsNotThereAndAnImageThatNobodyHasAreToldApart() {
        assertThatThrownBy(() -> load(folder.resolve("missing.tar"))).hasMessageContaining("there is no file");
        assertThatThrownBy(() -> new Loading(store, Optional.empty())
                        .load("lab-test.example/none:0", InputStream.nullInputStream(), RUN))
                .isInstanceOfSatisfying(LabFailure.class, failure -> assertThat(failure.next())
                        .contains("lab images pull lab-test.example/none:0"));
    }

    @Test
    void removingAnImageLeavesWhatOthersNeed() throws Exception {
        load(MadeImage.of("shared").layout(folder.resolve("one"), Optional.of(NAME)));
        load(MadeImage.of("shared").layout(folder.resolve("two"), Optional.of("registry.example/app:2")));
        StoredImage alone = load(MadeImage.of("alone").layout(folder.resolve("three"), Optional.of("x.example/y:1")))
                .getFirst();

        assertThat(store.remove(ImageName.parse("x.example/y:1"), RUN)).isTrue();
        assertThat(store.remove(ImageName.parse(NAME), RUN)).isTrue();

        assertThat(store.blob(BlobDigest.parse(alone.digest()).orElseThrow())).doesNotExist();
        assertThat(content(store.list().iterator().next())).isEqualTo("shared");
        assertThat(store.remove(ImageName.parse(NAME), RUN)).isFalse();
    }

    @Test
    void imagesThatComeAndGoAtOnceAreWhole() throws Exception {
        List<Callable<Void>> writers = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            String name = "registry.example/app:" + i;
            Path layout = MadeImage.of("shared").layout(folder.resolve("layout" + i), Optional.of(name));
            writers.add(() -> {
                for (int round = 0; round < 5; round++) {
                    load(layout);
                    store.remove(ImageName.parse(name), RUN);
                }
                load(layout);
                return null;
            });
        }
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var done : threads.invokeAll(writers)) {
                done.get();
            }
        }

        assertThat(store.list()).hasSize(8).allSatisfy(image -> assertThat(content(image))
                .isEqualTo("shared"));
        assertNothingIsOnItsWay();
    }

    @Test
    void aDiskThatIsFullMidwayLeavesNothingAndIsToldAsSuch() throws Exception {
        MadeImage made = MadeImage.of("hello");
        Descriptor root = Descriptor.of(Manifest.OCI, made.digest());
        Content full = wanted -> {
            if (wanted.digest().equals(root.digest())) {
                return new ByteArrayInputStream(made.manifest());
            }
            throw new IOException("No space left on device");
        };

        try (Incoming incoming = store.receive()) {
            assertThatThrownBy(() -> new Intake(incoming, full).take(root))
                    .isInstanceOfSatisfying(IOException.class, error -> {
                        LabFailure told = Trouble.of("r.example/app:1 can't be pulled", error);
                        assertThat(told.kind()).isEqualTo(LabFailure.Kind.MACHINE);
                        assertThat(told.next()).contains("make room");
                    });
        }

        assertThat(store.list()).isEmpty();
        assertNothingIsOnItsWay();
    }

    /** What tar says where the disk takes only a part of what it writes. */
    @Test
    void aDiskThatIsFullInTheMiddleOfAWriteIsOne() {
        assertThat(Trouble.isFull("tar: blobs/sha256/abc: Wrote only 8704 of 10240 bytes"))
                .isTrue();
    }

    @Test
    void whatAKilledLoadLeftGoesWithTheNext() throws Exception {
        Path dead = Files.createDirectories(folder.resolve("cache/containers/incoming/dead/blobs"));
        Files.writeString(dead.resolve("half"), "half");

        load(MadeImage.of("hello").layout(folder.resolve("layout"), Optional.of(NAME)));

        assertNothingIsOnItsWay();
    }

    @Test
    void whatNothingCameOfIsCalledEmpty() {
        assertThatThrownBy(() -> load(InputStream.nullInputStream()))
                .isInstanceOfSatisfying(
                        LabFailure.class, failure -> assertThat(failure.why()).isEqualTo("it is empty"));
    }

    @Test
    void anImageWhoseManifestSomebodyRemovedIsNotThereAndKeepsNobodyFromTheOthers() throws Exception {
        StoredImage lost = load(MadeImage.of("lost").layout(folder.resolve("lost"), Optional.of("x.example/y:1")))
                .getFirst();
        Path other = MadeImage.of("other").layout(folder.resolve("other"), Optional.of(NAME));
        load(other);
        Files.delete(store.blob(BlobDigest.parse(lost.digest()).orElseThrow()));

        assertThat(store.list()).extracting(StoredImage::name).containsExactly(NAME);
        assertThat(store.find(ImageName.parse("x.example/y:1"))).isEmpty();
        assertThat(store.remove(ImageName.parse(NAME), RUN)).isTrue();
        assertThat(load(other)).hasSize(1);
    }
}
