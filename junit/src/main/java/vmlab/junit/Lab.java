package vmlab.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Brings a lab up for a test class, or for one method, and injects it where a parameter is a {@link Cluster}.
 *
 * <p>The first who asks for a cluster.yaml in a test run boots it, or goes on from its golden lab in seconds. Whoever comes later finds it as
 * it was then: it is gone back to, or, where others use it at the same time, forked. With {@code lab.keep=true} as a system property it stays
 * when the run ends, and the next run begins with it; otherwise it is taken down.
 */
@Documented
@Inherited
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(LabExtension.class)
public @interface Lab {

    /**
     * The cluster.yaml.
     *
     * @return its path, relative to the working folder of the tests
     */
    String value();

    /**
     * Another recipe for the image than the file's. Where there is none here, the system property {@code lab.image} may name one.
     *
     * @return its path, or nothing
     */
    String image() default "";

    /**
     * Who else may see what a test does to the lab.
     *
     * @return {@link Sharing#CLASS} unless said otherwise
     */
    Sharing sharing() default Sharing.CLASS;

    /** Whose one lab is. */
    enum Sharing {
        /** Each class, or method, that has the annotation gets the lab as it was when it became Ready. */
        CLASS,
        /** All of a test run that say so have the same one, with all that others did to it. */
        RUN
    }
}
