package vmlab.make;

import vmlab.image.BootImage;

/** A lab that fits this machine, and the image that its nodes are to boot. */
public record Resolved(Checked lab, BootImage image) {}
