package vmlab.cli;

import picocli.CommandLine.Command;

/** {@code lab image}. */
@Command(
        name = "image",
        description = "Manage boot images for nodes (see lab images for what pods run).",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            ImageBuildCommand.class,
            ImageLockCommand.class,
            ImageFetchCommand.class,
            ImageListCommand.class,
            ImageShowCommand.class,
            ImageDiffCommand.class,
            ImageVerifyCommand.class,
            ImageExportCommand.class,
            ImageImportCommand.class,
            ImageGcCommand.class
        })
final class ImageCommand {}
