package vmlab.phase;

import vmlab.image.BootImage;
import vmlab.image.Images;
import vmlab.run.Phase;
import vmlab.run.Run;

/** Gives a plan the image that its nodes boot. */
final class ResolveImage implements Phase<Checked, Bootable> {

    private final BuildImage build;

    ResolveImage(Images images) {
        this.build = new BuildImage(images);
    }

    @Override
    public String name() {
        return build.name();
    }

    @Override
    public String doing() {
        return build.doing();
    }

    @Override
    public Bootable run(Checked lab, Run run) throws InterruptedException {
        BootImage image = build.run(lab.plan().cluster().image(), run);
        return new Bootable(lab.plan(), lab.accelerator(), lab.found(), image);
    }
}
