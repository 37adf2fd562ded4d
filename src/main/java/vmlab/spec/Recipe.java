package vmlab.spec;

import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An image recipe.
 *
 * <pre>{@code
 * apiVersion: lab-image/v1
 * name: debian
 * extends: base.yaml            # a recipe in the same folder: its keys stand unless replaced here; packages are added
 * base: apt                     # apt | apk | dnf
 * suite: trixie
 * sources: [{suite: trixie-backports}]
 * kernel: linux-image-cloud-amd64
 * modules: {remove: [sound, drivers/gpu]}   # of the kernel's
 * packages: [openrc, openssh-server]
 * overlay: [debian]             # folders laid over the root, in order
 * initrd: {modules: [dmsquash-live, livenet], drivers: [virtio_net]}
 * services: {sysinit: [devfs], boot: [lab-config], default: [sshd, k0s]}
 * steps: [{name: clock, run: "ln -sf /usr/share/zoneinfo/UTC /etc/localtime"}]
 * password: none                # or a hash: "$6$…"
 * hostname: node                # or a template: {name}-{suite}-{digest}
 * k0s: {version: v1.36.3+k0s.2} # or file: ./k0s, or build: k0s-standin/build.sh
 * }</pre>
 *
 * @param name {@code [a-z][a-z0-9-]{0,30}}
 * @param base which package tool makes the root
 * @param suite the release of the distribution: {@code trixie}, {@code v3.22}, {@code 43}
 * @param sources more places where packages come from
 * @param packages the parent's first; no name twice
 * @param overlays folders, absolute, the later laid over the earlier
 * @param k0s where k0s comes from
 * @param services OpenRC runlevel to services, in the order in which runlevels start
 * @param kernel the kernel's package
 * @param removedModules what goes of its modules: paths below the modules' kernel folder
 * @param steps what is done in the new root, in this order
 * @param drivers kernel modules of the initrd
 * @param dracutModules dracut's modules of the initrd
 * @param passwordHash root's password as crypt(5) has it; empty: no password, keys only
 * @param hostname until the node's own config is read; may hold {@code {name}}, {@code {suite}} and {@code {digest}}
 * @param file where it was read from, absolute
 */
public record Recipe(
        String name,
        Base base,
        String suite,
        List<PackageSource> sources,
        List<String> packages,
        List<Path> overlays,
        K0sSource k0s,
        Map<String, List<String>> services,
        String kernel,
        List<String> removedModules,
        List<String> drivers,
        List<String> dracutModules,
        List<ChrootStep> steps,
        Optional<String> passwordHash,
        String hostname,
        Path file) {

    /** OpenRC's runlevels that a recipe may fill, in the order in which they start. */
    public static final List<String> RUNLEVELS = List.of("sysinit", "boot", "default", "nonetwork", "shutdown");

    /** The host name when the file says nothing. */
    public static final String DEFAULT_HOSTNAME = "node";

    /** Copies its lists and maps. */
    public Recipe {
        sources = List.copyOf(sources);
        packages = List.copyOf(packages);
        removedModules = List.copyOf(removedModules);
        steps = List.copyOf(steps);
        overlays = List.copyOf(overlays);
        services = Collections.unmodifiableMap(new LinkedHashMap<>(services));
        drivers = List.copyOf(drivers);
        dracutModules = List.copyOf(dracutModules);
    }

    /** The host name that the template makes; twelve digits of the image's {@code digest} are enough. */
    public String hostname(String digest) {
        return hostname.replace("{name}", name)
                .replace("{suite}", suite.replaceAll("[^A-Za-z0-9]+", "-"))
                .replace("{digest}", digest.substring(0, Math.min(12, digest.length())));
    }
}
