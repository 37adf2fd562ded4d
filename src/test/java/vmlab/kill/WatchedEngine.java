package vmlab.kill;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Set;
import vmlab.engine.Engine;
import vmlab.engine.Machines;
import vmlab.engine.Networks;

/** An engine that tells of each change before it makes it. */
final class WatchedEngine {

    private static final Set<String> CHANGES =
            Set.of("define", "mark", "start", "reboot", "pressPowerButton", "cutPower", "remove", "admit", "forget");

    private WatchedEngine() {}

    static Engine of(Engine engine, Points points) {
        return watched(Engine.class, engine, points);
    }

    private static <T> T watched(Class<T> type, T real, Points points) {
        return type.cast(
                Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    if (CHANGES.contains(method.getName())) {
                        points.at("engine: " + method.getName()
                                + (arguments[0] instanceof String name ? " " + name : ""));
                    }
                    try {
                        return switch (method.invoke(real, arguments)) {
                            case Machines machines -> watched(Machines.class, machines, points);
                            case Networks networks -> watched(Networks.class, networks, points);
                            case null -> null;
                            case Object other -> other;
                        };
                    } catch (InvocationTargetException error) {
                        throw error.getCause();
                    }
                }));
    }
}
