package vmlab.cli;

import picocli.CommandLine.Command;

/** {@code lab images}. */
@Command(
        name = "images",
        description = "Manage container images for pods (see lab image for what nodes boot).",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            ImagesListCommand.class,
            ImagesPullCommand.class,
            ImagesPushCommand.class,
            ImagesRemoveCommand.class
        })
final class ImagesCommand {}
