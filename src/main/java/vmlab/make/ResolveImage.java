package vmlab.make;

import vmlab.image.BootImage;
import vmlab.image.Images;
import vmlab.plan.Inventory;
import vmlab.run.Phase;
import vmlab.run.PhaseName;
import vmlab.run.Run;
import vmlab.site.Site;

/**
 * Gives a plan the image that its nodes boot, and notes in the store that this lab needs it. An image that was altered in the store is
 * refused here, before anything is made; so are those that {@code lab upgrade} gave to some nodes.
 */
public final class ResolveImage implements Phase<Checked, Resolved> {

    private final Site site;
    private final Images images;
    private final BuildImage build;

    /** The phase on {@code site}, with the images to choose from. */
    public ResolveImage(Site site, Images images) {
        this.site = site;
        this.images = images;
        this.build = new BuildImage(images);
    }

    @Override
    public String name() {
        return PhaseName.IMAGE.toString();
    }

    @Override
    public String doing() {
        return build.doing();
    }

    @Override
    public Resolved run(Checked lab, Run run) throws InterruptedException {
        BootImage image = build.run(lab.plan().cluster().image(), run);
        for (Inventory.DomainFound domain : lab.found().domains()) {
            images.ofDigest(domain.made().image());
        }
        images.claim(image, site.folder(lab.plan().lab()).path());
        return new Resolved(lab, image);
    }
}
