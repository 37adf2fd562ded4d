package vmlab.observe;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import vmlab.plan.Inventory.DomainFound;
import vmlab.plan.LabFolder;
import vmlab.run.LabFailure;
import vmlab.site.Site;

/**
 * What the displays of a lab's machines show, as far as it can be had at once: a picture is evidence like another, and nothing waits long or
 * fails for it.
 *
 * @param pictures PNGs by their files' names
 * @param missing why there is none, by the name that it would have
 */
record Screens(Map<String, byte[]> pictures, Map<String, String> missing) {

    private static final Duration LIMIT = Duration.ofSeconds(2);

    /** The screens of all these machines, taken at the same time. */
    static Screens of(Site site, List<DomainFound> domains) throws InterruptedException {
        Screens screens = new Screens(new LinkedHashMap<>(), new LinkedHashMap<>());
        List<DomainFound> running =
                domains.stream().filter(DomainFound::running).toList();
        domains.stream()
                .filter(domain -> !domain.running())
                .forEach(off -> screens.missing.put(file(off), "the machine is off"));
        // Threads that libvirt may hold up: of the system's own, and none that a program waits for at its end.
        ExecutorService threads =
                Executors.newThreadPerTaskExecutor(Thread.ofPlatform().daemon().factory());
        List<Callable<byte[]>> looks = running.stream()
                .<Callable<byte[]>>map(domain -> () -> site.engine().machines().screenshot(domain.name()))
                .toList();
        List<Future<byte[]>> taken = threads.invokeAll(looks, LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        for (int i = 0; i < taken.size(); i++) {
            screens.note(file(running.get(i)), taken.get(i));
        }
        return screens;
    }

    private void note(String file, Future<byte[]> picture) throws InterruptedException {
        try {
            pictures.put(file, picture.get());
        } catch (CancellationException late) {
            missing.put(file, String.format(Locale.ROOT, "libvirt gave none in %d seconds", LIMIT.toSeconds()));
        } catch (ExecutionException error) {
            missing.put(file, error.getCause() instanceof LabFailure failure ? failure.why() : error.getMessage());
        }
    }

    private static String file(DomainFound domain) {
        return LabFolder.screenshot(domain.mark().node());
    }
}
