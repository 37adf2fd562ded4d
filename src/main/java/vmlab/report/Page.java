package vmlab.report;

import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.Template;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Function;
import vmlab.run.Printable;

/** A run as HTML that needs nothing but itself, and as SVG: templates in this package's resources, filled. */
public final class Page {

    private static final Mustache.Compiler TEMPLATES =
            Mustache.compiler().emptyStringIsFalse(true).withLoader(Page::open);

    private final LabRun run;
    private final Optional<LabRun> before;

    /** A page about {@code run}, compared with {@code before}. */
    public Page(LabRun run, Optional<LabRun> before) {
        this.run = run;
        this.before = before;
    }

    /** The whole page; {@code log} gives the address of a node's serial log where there is one. */
    public String html(Function<String, Optional<String>> log) {
        return fill("page", new PageWriter(run, before).view(false, false, log));
    }

    /** The same, asking its server again and again how things stand. */
    public String liveHtml(Function<String, Optional<String>> log) {
        return fill("page", new PageWriter(run, before).view(true, false, log));
    }

    /** The part of the live page that changes. */
    public String liveState(Function<String, Optional<String>> log) {
        return fill("report", new PageWriter(run, before).view(true, false, log));
    }

    /** The chart alone, as a file of its own. */
    public String svg() {
        return fill("gantt.svg", new PageWriter(run, before).view(false, true, node -> Optional.empty()));
    }

    private static String fill(String name, PageView view) {
        Template template = TEMPLATES.compile(open(name));
        // No character of a node's may hide in a page, and an SVG with one that XML forbids is none.
        return Printable.text(template.execute(view));
    }

    /** Style and script are partials as they are; what is filled in has an ending that says so. */
    private static Reader open(String name) {
        String file = name.endsWith(".css") || name.endsWith(".js") ? name : name + ".mustache";
        InputStream found = Page.class.getResourceAsStream(file);
        if (found == null) {
            throw new UncheckedIOException(new IOException("no template " + file));
        }
        return new InputStreamReader(found, StandardCharsets.UTF_8);
    }
}
