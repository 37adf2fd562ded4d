package vmlab.cli;

import picocli.CommandLine.IVersionProvider;
import vmlab.site.Build;
import vmlab.site.Version;

/** What {@code lab --version} prints: the version, then the build. */
final class VersionText implements IVersionProvider {

    @Override
    public String[] getVersion() {
        return new String[] {"lab " + Version.TEXT, "build " + Build.ofThisProgram() + ", Java " + Runtime.version()};
    }
}
