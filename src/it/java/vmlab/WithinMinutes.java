package vmlab;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;

/** So long may each test of a class take on a machine of the usual speed; on a slower one longer, as {@code lab}'s own limits are there. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@ExtendWith(WithinMinutes.Interrupting.class)
public @interface WithinMinutes {

    /** On a machine of the usual speed. */
    int value();

    /** Interrupts a test that takes longer. */
    final class Interrupting implements InvocationInterceptor {

        @Override
        public void interceptTestMethod(
                Invocation<Void> test, ReflectiveInvocationContext<Method> method, ExtensionContext context)
                throws Throwable {
            int minutes = context.getRequiredTestClass()
                    .getAnnotation(WithinMinutes.class)
                    .value();
            Duration limit = MachinePace.here().of(Duration.ofMinutes(minutes));
            Thread runs = Thread.currentThread();
            try (var clock = Executors.newSingleThreadScheduledExecutor()) {
                ScheduledFuture<?> end = clock.schedule(runs::interrupt, limit.toSeconds(), TimeUnit.SECONDS);
                try {
                    test.proceed();
                } catch (InterruptedException interrupted) {
                    TimeoutException late = new TimeoutException("it did not end within " + limit.toSeconds() + " s");
                    late.initCause(interrupted);
                    throw late;
                } finally {
                    end.cancel(false);
                }
            }
        }
    }
}
