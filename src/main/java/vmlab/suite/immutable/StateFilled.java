package vmlab.suite.immutable;

import java.util.List;

/** On its first boot a node's state disk got everything that the image has in these folders. */
final class StateFilled implements Promise {

    @Override
    public String name() {
        return "state-filled";
    }

    @Override
    public String words() {
        return "/home, /var, /opt and /usr/local hold what the image has there, copied on the first boot";
    }

    @Override
    public boolean needsReboot() {
        return false;
    }

    /** What programs clear away by themselves is left out. */
    @Override
    public String before(NodeFiles node) throws InterruptedException {
        List<String> said = node.lines("""
                [ -d /run/lab/base/var ] || { echo "/run/lab/base/var"; exit 0; }
                for folder in home var opt usr/local; do
                    cd "/run/lab/base/$folder" || exit 1
                    find . \\( -path ./cache -o -path ./tmp -o -path ./log -o -path ./lib/apt \\) -prune -o -print |
                        while read -r file; do
                            [ -e "/$folder/$file" ] || [ -L "/$folder/$file" ] || echo "/$folder/${file#./}"
                        done
                done
                cat /state/.filled | sed 's/^/filled /'
                """);
        List<String> missing =
                said.stream().filter(line -> line.startsWith("/")).toList();
        if (!missing.isEmpty()) {
            throw broken(
                    missing.getFirst(),
                    "is in the image and not on the state disk"
                            + (missing.size() == 1 ? "" : ", nor are " + (missing.size() - 1) + " others"));
        }
        return String.join(", ", said);
    }
}
