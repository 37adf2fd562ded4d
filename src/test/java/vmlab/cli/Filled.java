package vmlab.cli;

import java.lang.reflect.Constructor;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Values of any type that a command prints, with something in each of their parts. Those of one {@code turn} have each enumeration's and
 * each sealed interface's choice of that turn; in odd turns what is optional is absent.
 */
record Filled(int turn) {

    /** Enough for each choice of each enumeration to have had its turn. */
    static final int TURNS = 20;

    Object of(Type type) {
        if (type instanceof ParameterizedType generic) {
            Type[] of = generic.getActualTypeArguments();
            Class<?> raw = (Class<?>) generic.getRawType();
            if (raw == Optional.class) {
                return turn % 2 == 0 ? Optional.of(of(of[0])) : Optional.empty();
            } else if (raw == Map.class) {
                return Map.of(of(of[0]), of(of[1]));
            }
            return raw == Set.class ? Set.of(of(of[0])) : List.of(of(of[0]));
        }
        Class<?> kind = (Class<?>) type;
        if (kind.isEnum()) {
            return kind.getEnumConstants()[turn % kind.getEnumConstants().length];
        } else if (kind.isSealed()) {
            return of(kind.getPermittedSubclasses()[turn % kind.getPermittedSubclasses().length]);
        } else if (kind.isRecord()) {
            return record(kind);
        }
        return SIMPLE.get(kind);
    }

    private static final Map<Class<?>, Object> SIMPLE = Map.of(
            String.class,
            "7",
            int.class,
            7,
            long.class,
            7_000_000_000L,
            boolean.class,
            true,
            Duration.class,
            Duration.ofMillis(1500),
            Instant.class,
            Instant.EPOCH.plusMillis(1500),
            Path.class,
            Path.of("/some/where"));

    private Object record(Class<?> kind) {
        RecordComponent[] parts = kind.getRecordComponents();
        try {
            Constructor<?> constructor = kind.getDeclaredConstructor(
                    Stream.of(parts).map(RecordComponent::getType).toArray(Class<?>[]::new));
            constructor.setAccessible(true);
            return constructor.newInstance(
                    Stream.of(parts).map(part -> of(part.getGenericType())).toArray());
        } catch (ReflectiveOperationException error) {
            throw new AssertionError(kind.toString(), error);
        }
    }
}
