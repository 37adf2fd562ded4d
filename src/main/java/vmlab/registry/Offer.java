package vmlab.registry;

import java.util.List;
import vmlab.spec.ImageName;

/** An image that can be taken in: what it is, what it is called there, where its content is. */
record Offer(Descriptor root, List<ImageName> names, Content content) {}
