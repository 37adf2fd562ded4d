package vmlab.cli;

import picocli.CommandLine.Command;

/** {@code lab images}. */
@Command(
        name = "images",
        description = "Container images that pods run. Those that nodes boot are lab image's.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {ImagesListCommand.class, ImagesPullCommand.class, ImagesRemoveCommand.class})
final class ImagesCommand {}
