package vmlab.kill;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessMode;
import java.nio.file.CopyOption;
import java.nio.file.DirectoryStream;
import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileAttributeView;
import java.nio.file.spi.FileSystemProvider;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import java.util.stream.StreamSupport;

/**
 * This machine's files as they are, but each change of them is told before it is made, and a write also amid it: what a command writes
 * below a {@link #path} of these can be cut short anywhere, without a word of it in the command.
 */
final class WatchedFiles extends FileSystemProvider {

    /** A path of these, with the real one behind it. */
    private interface Watched extends Path {
        Path real();
    }

    private final Points points;
    private final FileSystemProvider real = Path.of("/").getFileSystem().provider();
    private final FileSystem system = new WatchedFileSystem(this, Path.of("/").getFileSystem());

    WatchedFiles(Points points) {
        this.points = points;
    }

    /** The same path, watched. */
    Path path(Path path) {
        return (Path) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {Watched.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("getFileSystem")) {
                        return system;
                    }
                    if (method.getName().equals("real")) {
                        return path;
                    }
                    Object[] plain = arguments == null
                            ? new Object[0]
                            : Arrays.stream(arguments).map(WatchedFiles::plain).toArray();
                    try {
                        return watched(method.invoke(path, plain));
                    } catch (InvocationTargetException error) {
                        throw error.getCause();
                    }
                });
    }

    private Object watched(Object result) {
        return switch (result) {
            case Path path -> path(path);
            case Iterator<?> names ->
                StreamSupport.stream(((Iterable<?>) () -> iterator(names)).spliterator(), false)
                        .map(this::watched)
                        .iterator();
            case null -> null;
            default -> result;
        };
    }

    @SuppressWarnings("unchecked")
    private static <T> Iterator<T> iterator(Iterator<?> any) {
        return (Iterator<T>) any;
    }

    private static Object plain(Object argument) {
        return argument instanceof Watched watched
                ? watched.real()
                : argument instanceof Path[] more
                        ? Arrays.stream(more).map(WatchedFiles::real).toArray(Path[]::new)
                        : argument;
    }

    static Path real(Path path) {
        return path instanceof Watched watched ? watched.real() : path;
    }

    private static String name(Path path) {
        return path.getFileName() + "";
    }

    @Override
    public SeekableByteChannel newByteChannel(
            Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes) throws IOException {
        boolean writes = options.contains(StandardOpenOption.WRITE) || options.contains(StandardOpenOption.APPEND);
        if (!writes) {
            return real.newByteChannel(real(path), options, attributes);
        }
        boolean isNew = !real.exists(real(path)) || options.contains(StandardOpenOption.TRUNCATE_EXISTING);
        if (isNew && !isLog(path)) {
            change("open", path);
        }
        SeekableByteChannel channel = real.newByteChannel(real(path), options, attributes);
        return (SeekableByteChannel) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {SeekableByteChannel.class}, (proxy, method, arguments) -> {
                    try {
                        if (method.getName().equals("write")) {
                            return write(channel, (ByteBuffer) arguments[0], path);
                        }
                        return method.invoke(channel, arguments);
                    } catch (InvocationTargetException error) {
                        throw error.getCause();
                    }
                });
    }

    /** Logs are appended to all the time; to be cut off amid a line is what can happen to them. */
    private static boolean isLog(Path path) {
        return name(path).endsWith(".jsonl");
    }

    /** What lies in a folder that is only laid out to be packed counts for nothing, whatever is in it. */
    private static boolean isScratch(Path path) {
        Path folder = path.getParent();
        return folder != null && (folder.toString() + "/").contains(".config/");
    }

    private void change(String what, Path path) {
        if (!isScratch(path)) {
            points.at(what + " " + name(path));
        }
    }

    private int write(SeekableByteChannel channel, ByteBuffer bytes, Path path) throws IOException {
        int all = bytes.remaining();
        ByteBuffer half = bytes.slice(bytes.position(), all / 2);
        while (half.hasRemaining()) {
            channel.write(half);
        }
        bytes.position(bytes.position() + all / 2);
        change("write the rest of", path);
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
        return all;
    }

    @Override
    public FileChannel newFileChannel(Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes)
            throws IOException {
        return real.newFileChannel(real(path), options, attributes);
    }

    @Override
    public DirectoryStream<Path> newDirectoryStream(Path folder, DirectoryStream.Filter<? super Path> filter)
            throws IOException {
        DirectoryStream<Path> stream = real.newDirectoryStream(real(folder), path -> filter.accept(path(path)));
        return new DirectoryStream<>() {
            @Override
            public Iterator<Path> iterator() {
                return StreamSupport.stream(stream.spliterator(), false)
                        .map(WatchedFiles.this::path)
                        .iterator();
            }

            @Override
            public void close() throws IOException {
                stream.close();
            }
        };
    }

    @Override
    public void createDirectory(Path folder, FileAttribute<?>... attributes) throws IOException {
        if (!real.exists(real(folder))) {
            change("make folder", folder);
        }
        real.createDirectory(real(folder), attributes);
    }

    @Override
    public void createSymbolicLink(Path link, Path target, FileAttribute<?>... attributes) throws IOException {
        change("link", link);
        real.createSymbolicLink(real(link), real(target), attributes);
    }

    @Override
    public void delete(Path path) throws IOException {
        change("delete", path);
        real.delete(real(path));
    }

    @Override
    public boolean deleteIfExists(Path path) throws IOException {
        if (real.exists(real(path), LinkOption.NOFOLLOW_LINKS)) {
            change("delete", path);
        }
        return real.deleteIfExists(real(path));
    }

    @Override
    public void copy(Path from, Path to, CopyOption... options) throws IOException {
        change("copy to", to);
        real.copy(real(from), real(to), options);
    }

    @Override
    public void move(Path from, Path to, CopyOption... options) throws IOException {
        change("rename to", to);
        real.move(real(from), real(to), options);
    }

    @Override
    public void setAttribute(Path path, String attribute, Object value, LinkOption... options) throws IOException {
        change("change", path);
        real.setAttribute(real(path), attribute, value, options);
    }

    // What changes nothing.

    @Override
    public String getScheme() {
        return "watched";
    }

    @Override
    public FileSystem newFileSystem(URI uri, Map<String, ?> environment) {
        throw new UnsupportedOperationException();
    }

    @Override
    public FileSystem getFileSystem(URI uri) {
        return system;
    }

    @Override
    public Path getPath(URI uri) {
        return path(Path.of(uri));
    }

    @Override
    public boolean isSameFile(Path one, Path other) throws IOException {
        return real.isSameFile(real(one), real(other));
    }

    @Override
    public boolean isHidden(Path path) throws IOException {
        return real.isHidden(real(path));
    }

    @Override
    public FileStore getFileStore(Path path) throws IOException {
        return real.getFileStore(real(path));
    }

    @Override
    public void checkAccess(Path path, AccessMode... modes) throws IOException {
        real.checkAccess(real(path), modes);
    }

    @Override
    public Path readSymbolicLink(Path link) throws IOException {
        return path(real.readSymbolicLink(real(link)));
    }

    @Override
    public <V extends FileAttributeView> V getFileAttributeView(Path path, Class<V> type, LinkOption... options) {
        return real.getFileAttributeView(real(path), type, options);
    }

    @Override
    public <A extends BasicFileAttributes> A readAttributes(Path path, Class<A> type, LinkOption... options)
            throws IOException {
        return real.readAttributes(real(path), type, options);
    }

    @Override
    public Map<String, Object> readAttributes(Path path, String attributes, LinkOption... options) throws IOException {
        return real.readAttributes(real(path), attributes, options);
    }
}
