package vmlab.profile;

/** What a virtual processor was doing when QEMU was asked. */
public sealed interface CpuState {

    /** Its number, from 0. */
    int cpu();

    /** It waited for an interrupt. */
    record Halted(int cpu) implements CpuState {}

    /** It ran a process's own code. */
    record User(int cpu) implements CpuState {}

    /** It ran with all privileges: the kernel, or firmware before it; {@code address} is its instruction pointer. */
    record Kernel(int cpu, long address) implements CpuState {}
}
