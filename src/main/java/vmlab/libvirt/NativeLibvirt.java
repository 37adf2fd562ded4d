package vmlab.libvirt;

import com.sun.jna.Function;
import com.sun.jna.Pointer;

/** libvirt's own C functions by their names, for those calls that libvirt-java lacks. */
final class NativeLibvirt {

    private NativeLibvirt() {}

    /** Calls a function that returns a pointer; null is its way to say that it failed. */
    static Pointer call(String name, Object... arguments) {
        return function(name).invokePointer(arguments);
    }

    /** Gives back what a call returned. */
    static void free(String name, Pointer thing) {
        function(name).invoke(new Object[] {thing});
    }

    static Function function(String name) {
        return Function.getFunction("virt", name);
    }
}
