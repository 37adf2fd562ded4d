package vmlab.registry;

import java.io.IOException;
import java.io.InputStream;

/** Where the content of an image comes from: an archive, a folder, a registry. */
@FunctionalInterface
interface Content {

    /**
     * The content of that digest; whoever reads it checks that it is.
     *
     * @throws NoImage when it is not there
     */
    InputStream open(Descriptor wanted) throws IOException, InterruptedException;
}
