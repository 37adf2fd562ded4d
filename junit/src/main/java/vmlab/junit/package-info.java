/**
 * Labs in JUnit 5 tests. {@link vmlab.junit.Lab @Lab} on a class or a method brings the lab of a cluster.yaml up and injects it as a
 * {@link vmlab.junit.Cluster}; tests do to its {@link vmlab.junit.Node nodes} what happens to real servers.
 *
 * <p>What carries it out is the command {@code lab}, in a process of its own: so it works from any JVM of version 17 or newer, in Surefire,
 * Gradle and an IDE. The system property {@code lab.program} or the variable {@code LAB_PROGRAM} names it where it is not on the path.
 */
package vmlab.junit;
