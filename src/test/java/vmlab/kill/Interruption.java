package vmlab.kill;

import java.util.ArrayList;
import java.util.List;

/** Interrupts the command that the thread runs which makes this, at the command's point {@code number}, from one on. */
final class Interruption implements Points {

    private final Thread thread = Thread.currentThread();
    private final int number;
    private final List<String> points = new ArrayList<>();

    Interruption(int number) {
        this.number = number;
    }

    @Override
    public synchronized void at(String what) {
        points.add(what);
        if (points.size() == number) {
            thread.interrupt();
        }
    }

    /** Runs {@code command}; whether it came to its own end all the same. */
    boolean isSurvivedBy(Victim.Command command) throws Exception {
        try {
            command.run(this);
            return true;
        } catch (Exception cut) {
            if (isTooLate()) {
                throw cut;
            }
            return false;
        } finally {
            Thread.interrupted();
        }
    }

    /** Whether the command had fewer points. */
    synchronized boolean isTooLate() {
        return points.size() < number;
    }

    synchronized boolean wasTold(String what) {
        return points.contains(what);
    }

    /** Whether it came once {@code what} was told. */
    synchronized boolean isAfter(String what) {
        return points.subList(0, Math.min(number, points.size())).contains(what);
    }

    synchronized String where() {
        return points.get(Math.min(number, points.size()) - 1) + ", point " + number;
    }
}
