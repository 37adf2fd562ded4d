package vmlab.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import vmlab.net.Door;
import vmlab.plan.LabFolder;
import vmlab.run.Event;
import vmlab.run.Events;
import vmlab.run.PhaseName;

/** Says where the lab's live page is as soon as its boot server, which serves it, answers. */
final class WebPage implements Events {

    private final LabFolder folder;
    private final boolean embedded;
    private final Path door;
    private final Events told;

    /** {@code door} leads out of the embedded host; {@code told} gets to know the address. */
    WebPage(LabFolder folder, boolean embedded, Path door, Events told) {
        this.folder = folder;
        this.embedded = embedded;
        this.door = door;
        this.told = told;
    }

    @Override
    public void emit(Event event) {
        if (event instanceof Event.PhaseDone done && PhaseName.BOOT.is(done.phase())) {
            told.emit(new Event.Noted(Instant.now(), PhaseName.BOOT.toString(), "live page: " + address()));
        }
    }

    /** The page's port is inside the embedded host with everything else; the user's browser is not. */
    private String address() {
        try {
            String[] page = Files.readString(folder.page()).strip().split(" ");
            int port = embedded ? Door.open(door, 0, folder.pageSocket()) : Integer.parseInt(page[0]);
            return "http://127.0.0.1:" + port + page[1];
        } catch (IOException error) {
            return "none, " + error.getMessage();
        }
    }
}
