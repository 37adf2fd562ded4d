package vmlab.libvirt;

import org.libvirt.Error.ErrorNumber;
import org.libvirt.LibvirtException;
import vmlab.run.LabFailure;

/** Makes of every error of libvirt's, and of its silence, a {@link LabFailure} that says what was being done. */
final class LibvirtErrors {

    interface Call<T> {
        T run() throws LibvirtException;
    }

    interface Act {
        void run() throws LibvirtException;
    }

    private LibvirtErrors() {}

    static <T> T call(String doing, Call<T> call) {
        try {
            return Patience.USUAL.await(doing, call);
        } catch (LibvirtException error) {
            throw failure(doing, error);
        }
    }

    /** Like {@link #call}, for what is done once the thing is gone. */
    static void act(String doing, Act act) {
        call(
                doing,
                () -> {
                    act.run();
                    return true;
                },
                true);
    }

    /** Like {@link #call}, with an answer for a thing that is gone. */
    static <T> T call(String doing, Call<T> call, T gone) {
        try {
            return Patience.USUAL.await(doing, call);
        } catch (LibvirtException error) {
            if (isGone(error)) {
                return gone;
            }
            throw failure(doing, error);
        }
    }

    /** Whether it says that the thing asked for does not exist; every other error says nothing about that. */
    static boolean isGone(LibvirtException error) {
        return error.getError() != null
                && (error.getError().getCode() == ErrorNumber.VIR_ERR_NO_DOMAIN
                        || error.getError().getCode() == ErrorNumber.VIR_ERR_NO_NETWORK);
    }

    private static LabFailure failure(String doing, LibvirtException error) {
        return LabFailure.lab(
                        "libvirt could not " + doing,
                        String.valueOf(error.getMessage()),
                        "lab doctor looks at libvirt and QEMU; libvirt's own log says more")
                .causedBy(error);
    }
}
