package vmlab.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vmlab.machine.Needs;

/** The report as a browser shows it. */
class PageInBrowserTest {

    @TempDir
    Path folder;

    private Chromium browser;

    @BeforeEach
    void findABrowser() {
        Optional<Chromium> found = Chromium.find();
        Needs.installed(found.isPresent(), "Chromium");
        browser = found.orElseThrow();
    }

    /** Measures in the page what no one sees in its source, and leaves it in the body's attributes. */
    private static final String LOOK = """
            <script>
            const note = (name, value) => document.body.setAttribute('data-' + name, value);
            const bars = [...document.querySelectorAll('.span')];
            note('bars', bars.filter(bar => bar.getBoundingClientRect().width > 0.5).length);
            note('overflowing', bars.filter(bar => bar.querySelector('text')
                && bar.querySelector('text').getBBox().width > bar.querySelector('rect').getBBox().width).length);
            note('outside', bars.filter(bar => {
              const box = bar.querySelector('rect').getBBox(), all = bar.ownerSVGElement.viewBox.baseVal;
              return box.x < 0 || box.x + box.width > all.width || box.y + box.height > all.height;
            }).length);
            const k0s = bars.find(bar => bar.querySelector('.k0s'));
            k0s.dispatchEvent(new PointerEvent('pointermove', {bubbles: true, clientX: 40, clientY: 40}));
            note('tip', document.getElementById('tip').style.display + ' ' + document.getElementById('tip').textContent);
            note('scrolls', document.documentElement.scrollWidth > innerWidth);
            </script></body>""";

    private Chromium.Visit visit(String html) throws IOException, InterruptedException {
        Path file = Files.writeString(folder.resolve("report.html"), html.replace("</body>", LOOK));
        return browser.visit(file.toUri().toString(), folder);
    }

    @Test
    void aRealRunIsDrawnWithEveryNodeAndStageAndNothingIsFetched() throws IOException, InterruptedException {
        Chromium.Visit visit = visit(Recorded.page().html(node -> Optional.empty()));

        assertThat(visit.console()).as("what the page complains of").isEmpty();
        assertThat(visit.fetched()).as("what the page asks the network for").isEmpty();
        assertThat(visit.dom()).contains(">cp</text>", ">w1</text>", ">firmware</text>", "class=\"path\"");
        assertThat(attribute(visit, "bars"))
                .isEqualTo("" + (12 + Recorded.run().phases().size()));
        assertThat(attribute(visit, "overflowing")).isEqualTo("0");
        assertThat(attribute(visit, "outside")).isEqualTo("0");
        assertThat(attribute(visit, "scrolls")).isEqualTo("false");
        assertThat(attribute(visit, "tip")).startsWith("block cp: k0s ·").contains("the run before", "k0s start 1");
    }

    @Test
    void aHundredNodesAreStillBarsWithNames() throws IOException, InterruptedException {
        LabRun run = Runs.withNodes(
                Recorded.run(),
                IntStream.rangeClosed(1, 100).mapToObj(i -> "w" + i).toList());

        Chromium.Visit visit = visit(new Page(run, Optional.empty()).html(node -> Optional.empty()));

        assertThat(visit.console()).isEmpty();
        assertThat(attribute(visit, "bars")).isEqualTo("" + (600 + run.phases().size()));
        assertThat(attribute(visit, "outside")).isEqualTo("0");
        assertThat(visit.dom()).contains(">w100</text>");
    }

    @Test
    void aPageThatFetchesIsFoundOut() throws IOException, InterruptedException {
        String bad = Recorded.page()
                .html(node -> Optional.empty())
                .replace("<main>", "<main><img src=\"http://127.0.0.1:9/spy.png\"><script>nonsense()</script>");

        Chromium.Visit visit = visit(bad);

        assertThat(visit.console()).anyMatch(line -> line.contains("Content Security Policy"));
        assertThat(visit.console()).anyMatch(line -> line.contains("nonsense is not defined"));
    }

    private static String attribute(Chromium.Visit visit, String name) {
        var found = Pattern.compile("data-" + name + "=\"([^\"]*)\"")
                .matcher(visit.dom().substring(visit.dom().indexOf("<body")));
        return found.find() ? found.group(1) : "none";
    }
}
