package vmlab.cli;

import picocli.CommandLine.Command;

/** {@code lab image}. */
@Command(
        name = "image",
        description = "Images that nodes boot.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {ImageBuildCommand.class, ImageFetchCommand.class, ImageListCommand.class})
final class ImageCommand {}
