package vmlab.cli;

import picocli.CommandLine.Command;

/** {@code lab image}. */
@Command(
        name = "image",
        description = "Images that nodes boot. Those of containers are lab images's.",
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
