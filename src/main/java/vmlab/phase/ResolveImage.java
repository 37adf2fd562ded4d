package vmlab.phase;

import vmlab.image.BootImage;
import vmlab.image.Images;
import vmlab.run.Phase;
import vmlab.run.Run;

/** Finds the image in the store, or builds it. */
final class ResolveImage implements Phase<Checked, Bootable> {

    private final Images images;

    ResolveImage(Images images) {
        this.images = images;
    }

    @Override
    public String name() {
        return "image";
    }

    @Override
    public String doing() {
        return "build what the nodes boot";
    }

    @Override
    public Bootable run(Checked lab, Run run) throws InterruptedException {
        BootImage image = images.resolve(lab.plan().cluster().image(), run);
        return new Bootable(lab.plan(), lab.accelerator(), lab.found(), image);
    }
}
